/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.definition.ViewPlan;
import io.freshet.event.DeadLetter;
import io.freshet.event.DeadLetterReason;
import io.freshet.event.PartitionNumbers;
import io.freshet.event.SelectedEvent;
import io.freshet.monitoring.FlinkViewMetrics;
import io.freshet.operator.PlanSource;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Runs a {@link LoadReplay} in a task of a job in batch mode: Flink sorts its first input by entity and place, on disk
 * where memory does not do, and passes the second, the steps of all events, before the first.
 */
@SuppressWarnings("NullAway.Init") // open comes before all else
final class LoadReplayOperator extends AbstractStreamOperator<RowItem>
        implements TwoInputStreamOperator<SelectedEvent, long[], RowItem>, BoundedMultiInput {
    private static final long serialVersionUID = 1L;

    private static final int STEPS = 2;

    private final Settings settings;
    private final OutputTag<DeadLetter> late;

    private transient String view;
    private transient List<Step> steps;
    private transient LoadReplay replay;
    private transient boolean begun;

    /**
     * What a replay needs to know.
     *
     * @param source the view
     * @param files its files, by number
     * @param completeSinceMillis event time since which all events are there, ms
     */
    record Settings(PlanSource source, List<BatchFile> files, long completeSinceMillis) implements Serializable {
        private static final long serialVersionUID = 1L;

        Settings {
            files = new ArrayList<>(files); // what List.copyOf gives, Flink's closure cleaner cannot look into
        }

        /** Number of the load of each file, by number of the file. */
        int[] loads() {
            return files.stream().mapToInt(BatchFile::load).toArray();
        }

        /** When the run looked that loaded it, by number of the load. */
        private Map<Integer, Long> loadedAtMillis() {
            Map<Integer, Long> times = new HashMap<>();
            files.forEach(file -> times.put(file.load(), file.loadedAtMillis()));
            return times;
        }
    }

    /**
     * A replay.
     *
     * @param late where events go that no window can use
     */
    LoadReplayOperator(Settings settings, OutputTag<DeadLetter> late) {
        this.settings = settings;
        this.late = late;
    }

    @Override
    public void open() throws Exception {
        super.open();
        ViewPlan plan = settings.source().plan();
        view = plan.view().name();
        steps = new ArrayList<>();
        Map<Integer, Long> loadedAt = settings.loadedAtMillis();
        replay = new LoadReplay(
                plan,
                new FlinkViewMetrics(getMetricGroup(), view),
                settings.completeSinceMillis(),
                settings.loads(),
                (row, load) -> output.collect(new StreamRecord<>(
                        new RowItem.Made(row, loadedAt.getOrDefault(load, Long.MIN_VALUE)), row.asOfMillis())),
                event -> output.collect(late, new StreamRecord<>(letter(event))));
    }

    private DeadLetter letter(SelectedEvent event) {
        int file = PartitionNumbers.partition(event.partition());
        return new DeadLetter(
                DeadLetterReason.LATE,
                "Cannot use the event: its time " + event.timeMillis() + " is behind all windows of its entity, as they"
                        + " were when it was available",
                view,
                settings.files().get(file).name(),
                file,
                event.offset(),
                null,
                event.raw());
    }

    @Override
    public void processElement2(StreamRecord<long[]> step) {
        if (begun) {
            throw new IllegalStateException("Cannot replay: a step came after the events, expected all before them");
        }
        steps.add(Step.of(step.getValue()));
    }

    @Override
    public void processElement1(StreamRecord<SelectedEvent> event) {
        if (!begun) {
            begun = true;
            replay.steps(steps);
        }
        replay.take(event.getValue(), event.getTimestamp());
    }

    @Override
    public void endInput(int input) {
        if (input != STEPS) {
            replay.end();
        }
    }
}
