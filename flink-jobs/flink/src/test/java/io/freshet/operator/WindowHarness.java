/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.event.DeadLetter;
import io.freshet.event.SelectedEvent;
import io.freshet.row.FeatureRow;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** One task of the window operator, whose mails the test runs. */
final class WindowHarness implements AutoCloseable {

    static final OutputTag<DeadLetter> LATE =
            new OutputTag<>("late", new SerializedType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE));
    static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_000_000), ZoneOffset.UTC);

    private final KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> flink;

    private int begun = 100;

    /** A task that starts from that snapshot; from nothing if it is null. */
    WindowHarness(PlanSource source, String backend, int cache, @Nullable OperatorSubtaskState snapshot)
            throws Exception {
        this(source, backend, cache, snapshot, Long.MAX_VALUE);
    }

    /** A task of columns of which some may be new. */
    WindowHarness(
            PlanSource source,
            String backend,
            int cache,
            @Nullable OperatorSubtaskState snapshot,
            long addedSinceMillis)
            throws Exception {
        WindowSettings settings = new WindowSettings(
                source, LATE, new AvailableAt.Live(), Long.MIN_VALUE, addedSinceMillis, CacheSize.of(cache));
        flink = new KeyedOneInputStreamOperatorTestHarness<>(
                new WindowOperatorFactory(settings, CLOCK), SelectedEvent::entity, Types.STRING);
        flink.setStateBackend(
                backend.equals("rocksdb") ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend());
        flink.setup(FeatureRowSerializer.of(source.plan()));
        if (snapshot != null) {
            flink.initializeState(snapshot);
        }
        flink.open();
    }

    void event(SelectedEvent event) throws Exception {
        flink.processElement(event, event.timeMillis());
    }

    void watermark(long millis) throws Exception {
        flink.processWatermark(millis);
    }

    KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> flink() {
        return flink;
    }

    /** Runs the next mail; false if there is none. */
    boolean mail() throws Exception {
        if (!flink.getTaskMailbox().hasMail()) {
            return false;
        }
        flink.getTaskMailbox().take(-1).run();
        return true;
    }

    void allMails() throws Exception {
        while (mail()) {
            // the last one sends none
        }
    }

    OperatorSubtaskState snapshot() throws Exception {
        return flink.snapshot(1, 1);
    }

    /** A snapshot that is still to be written. */
    OperatorSnapshotFutures beginSnapshot() throws Exception {
        return flink.getOperator()
                .snapshotState(
                        ++begun,
                        begun,
                        CheckpointOptions.forCheckpointWithDefaultLocation(),
                        new MemCheckpointStreamFactory(1 << 24));
    }

    static OperatorSubtaskState write(OperatorSnapshotFutures futures) throws Exception {
        return Objects.requireNonNull(OperatorSnapshotFinalizer.create(futures).getJobManagerOwnedState());
    }

    /** The rows since the last call, as {@code entity@as_of#seq=values}, and watermarks as {@code W millis}. */
    List<String> taken() {
        List<String> taken = new ArrayList<>();
        for (Object each : flink.getOutput()) {
            if (each instanceof Watermark mark) {
                taken.add("W " + mark.getTimestamp());
            } else if (each instanceof org.apache.flink.streaming.runtime.streamrecord.StreamRecord<?> item) {
                taken.add(text((FeatureRow) item.getValue()));
            }
        }
        flink.getOutput().clear();
        return taken;
    }

    /** The rows since the last call with all their values and their number, and no watermarks. */
    List<String> allRows() {
        List<String> rows = flink.extractOutputValues().stream()
                .map(row -> row.entity() + "@" + row.asOfMillis() + "#" + row.seq() + "="
                        + IntStream.range(0, row.size()).mapToObj(row::value).toList())
                .toList();
        flink.getOutput().clear();
        return rows;
    }

    static String text(FeatureRow row) {
        return row.entity() + "@" + row.asOfMillis() + "#" + row.seq() + "=" + row.value(0) + "," + row.value(1) + ","
                + row.value(2) + "," + row.value(3);
    }

    @Override
    public void close() throws Exception {
        flink.close();
    }
}
