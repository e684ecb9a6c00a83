/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.source;

import io.freshet.definition.Limits;
import io.freshet.definition.ViewPlan;
import io.freshet.event.BadEventException;
import io.freshet.event.DeadLetter;
import io.freshet.event.EventSelector;
import io.freshet.event.SelectedEvent;
import io.freshet.monitoring.FlinkViewMetrics;
import io.freshet.operator.PlanSource;
import io.freshet.source.SourceRecord.Dead;
import io.freshet.source.SourceRecord.Decoded;
import io.freshet.source.SourceRecord.Origin;
import java.time.Clock;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Takes from each event of one topic what one view reads of it. An event that the view refuses goes to a side output. */
public final class SelectFunction extends ProcessFunction<SourceRecord, SelectedEvent> {
    private static final long serialVersionUID = 1L;

    private final PlanSource source;
    private final int topic;
    private final Limits limits;
    private final OutputTag<DeadLetter> refused;
    private final Clock clock;

    private transient String view;
    private transient long maxFutureMillis;
    private transient EventSelector selector;
    private transient FlinkViewMetrics metrics;

    /**
     * For one topic of a view.
     *
     * @param source the view
     * @param topic position of the topic in the view
     * @param limits events beyond them are refused
     * @param refused where events go that the view refuses
     */
    public SelectFunction(PlanSource source, int topic, Limits limits, OutputTag<DeadLetter> refused) {
        this.source = source;
        this.topic = topic;
        this.limits = limits;
        this.refused = refused;
        this.clock = Clock.systemUTC();
    }

    @Override
    public void open(OpenContext context) {
        ViewPlan plan = source.plan();
        view = plan.view().name();
        // While this topic is idle the others alone make the watermark.
        maxFutureMillis = plan.view().sources().stream()
                .mapToLong(each -> each.maxFuture().toMillis())
                .max()
                .orElse(0);
        metrics = new FlinkViewMetrics(getRuntimeContext().getMetricGroup(), view);
        selector = new EventSelector(plan, topic, metrics, limits);
    }

    @Override
    public void processElement(SourceRecord item, Context context, Collector<SelectedEvent> out) {
        if (item instanceof Dead dead) {
            metrics.deadLetter(dead.letter().reason()); // written once for the topic, counted by each view
            return;
        }
        Decoded decoded = (Decoded) item;
        Origin origin = decoded.origin();
        try {
            Optional<SelectedEvent> selected = selector.select(
                    decoded.event(), origin.partition(), origin.offset(), decoded.ingestedAtMillis(), kept(decoded));
            selected.ifPresent(out::collect);
        } catch (BadEventException e) {
            metrics.deadLetter(e.reason());
            context.output(
                    refused,
                    new DeadLetter(
                            e.reason(),
                            String.valueOf(e.getMessage()),
                            view,
                            origin.topic(),
                            origin.partition(),
                            origin.offset(),
                            origin.key(),
                            origin.value()));
        }
    }

    /** The event's bytes, where it may prove late. */
    private byte @org.jspecify.annotations.Nullable [] kept(Decoded decoded) {
        long watermarkLimit = clock.millis() + maxFutureMillis;
        return selector.mayProveLate(decoded.timeMillis(), watermarkLimit)
                ? decoded.origin().value()
                : null;
    }
}
