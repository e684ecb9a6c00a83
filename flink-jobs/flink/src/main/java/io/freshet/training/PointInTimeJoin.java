/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.reading.LaterValues;
import io.freshet.row.RowOrigin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Answers the spine's questions. In batch mode Flink sorts what comes in by key and time, on disk where memory does not
 * suffice: so one entity of one view comes after the other, each in the order of time, and little more than one timeline is
 * to hold.
 */
@SuppressWarnings("NullAway.Init") // open comes before all else
final class PointInTimeJoin extends KeyedProcessFunction<Long, JoinItem, Match> {
    private static final long serialVersionUID = 1L;

    private final TrainingRequest request;

    private transient List<OfView> views;
    private transient @Nullable Long place;

    /** Of the entities of that place, nearly always one. */
    private transient Map<Entity, Timeline> timelines;

    private record Entity(int view, String key) {}

    /** What is counted of one view, and how long the online store keeps its entities. */
    private record OfView(long ttlMillis, LaterValues.ForOneThread later, Map<String, LongCounter> counts) {
        private void count(String name, long more) {
            counts.computeIfAbsent(name, missing -> new LongCounter()).add(more);
        }
    }

    PointInTimeJoin(TrainingRequest request) {
        this.request = request;
    }

    @Override
    public void open(OpenContext context) {
        views = new ArrayList<>();
        timelines = new HashMap<>();
        for (TrainingRequest.OfView of : request.views()) {
            Map<String, LongCounter> counts = new HashMap<>();
            for (String name : List.of(
                    Counts.MATCHED,
                    Counts.UNMATCHED,
                    Counts.STALE,
                    Counts.EXPIRED,
                    Counts.BACKFILLED,
                    Counts.WARMING,
                    Counts.FILLED)) {
                LongCounter counter = new LongCounter();
                counts.put(name, counter);
                getRuntimeContext().addAccumulator(Counts.of(of.name(), name), counter);
            }
            views.add(new OfView(of.ttlMillis(), of.readPlan().later().forOneThread(), counts));
        }
    }

    @Override
    public void processElement(JoinItem item, Context context, Collector<Match> out) {
        OfView view = views.get(item.view());
        if (!context.getCurrentKey().equals(place)) {
            place = context.getCurrentKey();
            timelines.clear();
        }
        Timeline timeline = timelines.computeIfAbsent(
                new Entity(item.view(), item.entity()), entity -> timeline(item.view(), view));
        if (item instanceof JoinItem.Sample sample) {
            timeline.add(sample);
        } else if (item instanceof JoinItem.Asking asking) {
            answer(asking, timeline, view).ifPresent(out::collect);
        }
    }

    private Timeline timeline(int position, OfView view) {
        return request.views().get(position).isOfServed()
                ? Timeline.ofServed(request.rules(), view.later())
                : new Timeline(request.rules(), view.ttlMillis(), view.later());
    }

    private Optional<Match> answer(JoinItem.Asking asking, Timeline timeline, OfView view) {
        Optional<Timeline.Answer> answer = asking.served().isPresent()
                ? timeline.named(asking.served().get(), asking.timeMillis())
                : timeline.at(asking.timeMillis());
        if (answer.isEmpty()) {
            view.count(Counts.UNMATCHED, 1);
            return Optional.empty();
        }
        Timeline.Answer found = answer.get();
        switch (found.state()) {
            case SERVED -> view.count(Counts.MATCHED, 1);
            case STALE -> view.count(Counts.STALE, 1);
            case EXPIRED -> view.count(Counts.EXPIRED, 1);
        }
        if (found.row().head().origin() == RowOrigin.BACKFILL && found.state() == Timeline.State.SERVED) {
            view.count(Counts.BACKFILLED, 1);
        }
        view.count(Counts.WARMING, found.leftOut().cardinality());
        view.count(Counts.FILLED, found.filled());
        long asOf = found.row().head().asOfMillis();
        return Optional.of(new Match(asking.index(), asking.view(), asOf, found.values(), found.leftOut()));
    }
}
