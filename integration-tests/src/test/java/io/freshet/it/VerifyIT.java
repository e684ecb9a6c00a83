/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.local.JobHandle;
import io.freshet.row.OnlineKeys;
import io.freshet.verify.Cause;
import io.freshet.verify.VerifyReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What jobs wrote, on real Kafka, Redis and Flink, is found right: after failures, restarts and at another parallelism, too. */
class VerifyIT extends VerifyStage {

    private static final int PARTITIONS = 3;

    @ParameterizedTest
    @CsvSource({"heap, 1", "rocksdb, 2"})
    void heldEventsGiveZeroDifferencesInAnyOrder(String state, String parallelism) throws Exception {
        FreshetConfig config = config("held-" + state, "flink.state", state, "flink.parallelism", parallelism);
        ViewText view = view(config, "emit: on_watermark\n");
        createTopic(config, PARTITIONS);
        produce(config, shuffled(1), PARTITIONS);

        runToEnd(config, view);

        VerifyReport report = verify(config, view);
        assertThat(report.causes()).as("%s", report.examples()).isEmpty();
        assertThat(report.events()).isEqualTo(EDITS);
        assertThat(report.rows().equal()).isEqualTo(report.rows().compared()).isGreaterThan(2L * EDITS);
        assertThat(report.oracle().asked()).isGreaterThan(200);
        assertThat(report.online().lookedUp())
                .isEqualTo(USERS)
                .isEqualTo(report.online().equal());
    }

    @ParameterizedTest
    @CsvSource({"on_event, heap", "on_watermark, rocksdb"})
    void jobThatFailsAndGoesOnAtAnotherParallelismIsRight(String emit, String state) throws Exception {
        String namespace = "failing-" + emit;
        FreshetConfig config = config(namespace, "flink.state", state, "redis.retry_for", "200ms");
        ViewText view = view(config, "emit: " + emit + "\n");
        List<Edit> edits = shuffled(2);
        createTopic(config, PARTITIONS);
        produce(config, edits.subList(0, EDITS / 3), PARTITIONS);
        JobHandle first = runOn(config, view, EARLIEST);
        try {
            awaitServed(namespace, edits.subList(0, EDITS / 3), PARTITIONS);
            first.checkpoint();
            failOn(
                    first,
                    OnlineKeys.row(namespace, "activity", "user1"),
                    () -> produce(config, edits.subList(EDITS / 3, 2 * EDITS / 3), PARTITIONS));
            awaitServed(namespace, edits.subList(0, 2 * EDITS / 3), PARTITIONS);
            first.checkpoint();
            produce(config, edits.subList(2 * EDITS / 3, EDITS), PARTITIONS);
            awaitServed(namespace, edits, PARTITIONS);
        } finally {
            first.cancel();
        }

        FreshetConfig narrow = config(namespace, "flink.state", state, "flink.parallelism", "1");
        JobHandle second = runOn(narrow, view, first);
        try {
            awaitServed(namespace, edits, PARTITIONS);
            second.checkpoint();
        } finally {
            second.cancel();
        }

        VerifyReport report = verify(config, view);
        assertThat(report.isClean()).as("%s", report).isTrue();
        assertThat(report.rows().equal() + report.count(Cause.OUT_OF_ORDER))
                .isEqualTo(report.rows().compared())
                .isGreaterThan(EDITS + 1_000L);
        if (emit.equals("on_watermark")) {
            // Nothing, but for the last events, which are held.
            assertThat(Map.of(Cause.NOT_YET_WRITTEN, report.count(Cause.NOT_YET_WRITTEN)))
                    .as("%s", report.examples())
                    .containsAllEntriesOf(report.causes());
        } else {
            assertThat(report.causes()).containsOnlyKeys(Cause.OUT_OF_ORDER);
        }
        assertThat(report.online().lookedUp())
                .isEqualTo(USERS)
                .isEqualTo(report.online().equal());
    }

    /** Where a hash should be is something else: writes fail until it is gone, and with them the job. */
    private static void failOn(JobHandle job, String key, Runnable more) {
        redis.del(key);
        redis.set(key, "in the way");
        more.run();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> job.status() == JobStatus.RESTARTING || job.status() == JobStatus.FAILING);
        redis.del(key);
    }

    @Test
    void jobThatRunsIsRightAsFarAsItIs() throws Exception {
        FreshetConfig config = config("running", "flink.checkpoint_interval", "8m");
        ViewText view = view(config, "");
        List<Edit> edits = shuffled(3);
        createTopic(config, 1);
        produce(config, edits.subList(0, EDITS / 2), 1);
        JobHandle job = runOn(config, view, EARLIEST);
        try {
            awaitServed("running", edits.subList(0, EDITS / 2), 1);
            job.checkpoint();
            produce(config, edits.subList(EDITS / 2, EDITS), 1);
            awaitServed("running", edits, 1);
            VerifyReport report = verify(config, view);
            assertThat(report.knowsProgress()).isTrue();
            assertThat(report.causes())
                    .as("%s", report)
                    .containsOnlyKeys(Cause.OUT_OF_ORDER, Cause.NOT_YET_WRITTEN, Cause.NOT_YET_COMMITTED);
            assertThat(report.count(Cause.NOT_YET_WRITTEN)).isGreaterThanOrEqualTo(EDITS / 2);
            assertThat(report.count(Cause.NOT_YET_COMMITTED)).isEqualTo(USERS);
            assertThat(report.events()).isEqualTo(EDITS);
        } finally {
            job.cancel();
        }
        // What it served since its last checkpoint is in no transaction any more, and still what its events give.
        VerifyReport behind = verify(config, view);
        assertThat(behind.isClean()).as("%s", behind).isTrue();
        assertThat(behind.count(Cause.NOT_YET_COMMITTED)).isEqualTo(USERS);
    }
}
