/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.monitoring;

import io.freshet.row.FeatureRow;
import java.time.Clock;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What the online sink of one view tells, in one task, in the group {@code freshet.view.<name>}: {@code freshness}, how
 * long it takes from Kafka's taking an event in until its row can be read, in ms, of the last 10,000 rows;
 * {@code freshness_target}, what the view wants that to be, in ms; {@code redis_errors}, writes that failed and are
 * tried again.
 */
public final class OnlineMetrics {

    private static final int ROWS = 10_000;

    private final Clock clock;
    private final MetricGroup group;
    private final Histogram freshness;
    private final Counter redisErrors;

    /**
     * The metrics of a view.
     *
     * @param taskGroup the group of the sink
     * @param view name of the view
     * @param target its freshness target
     */
    public OnlineMetrics(MetricGroup taskGroup, String view, Duration target) {
        clock = Clock.systemUTC();
        group = taskGroup.addGroup("freshet").addGroup("view", view);
        freshness = group.histogram("freshness", new DescriptiveStatisticsHistogram(ROWS));
        redisErrors = group.counter("redis_errors");
        long targetMillis = target.toMillis();
        group.gauge("freshness_target", () -> targetMillis);
    }

    /** Tells {@code redis_waiting}: the entities with a row that waits to be written. */
    public void waiting(IntSupplier rows) {
        group.gauge("redis_waiting", rows::getAsInt);
    }

    /** A row whose event Kafka took in at that moment can be read now; rows without an event do not count. */
    public void acknowledged(long ingestedAtMillis) {
        if (ingestedAtMillis != FeatureRow.NO_EVENT) {
            freshness.update(Math.max(0, clock.millis() - ingestedAtMillis));
        }
    }

    /** A write failed. */
    public void failed() {
        redisErrors.inc();
    }
}
