/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.backfill.BackfillDelay;
import io.freshet.backfill.BackfillJob;
import io.freshet.backfill.BackfillReport;
import io.freshet.backfill.BackfillSpec;
import io.freshet.backfill.DelayUnknownException;
import io.freshet.backfill.Span;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStackException;
import io.freshet.operator.AvailableAt;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowOrigin;
import io.freshet.source.EventRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Backfills that are repeated, killed, in each other's way, or that do not begin. */
class BackfillAgainIT extends BackfillStage {

    @Test
    void aRepeatedBackfillWritesNothingAndOneWithAnotherDelaySaysSo() throws Exception {
        FreshetConfig config = config("repeat");
        Stores stores = topic(config, 2, inOrder(2, 100));
        ViewText view = view("repeat", "on_event", FEATURES);
        long written = backfill(config, view, Span.all(), SECOND).views().get(0).written();

        BackfillReport.OfView again =
                backfill(config, view, Span.all(), Optional.empty()).views().get(0);
        BackfillReport.OfView later = backfill(config, view, Span.all(), Optional.of(Duration.ofSeconds(2)))
                .views()
                .get(0);

        assertThat(again.delay()).isEqualTo(new BackfillDelay(SECOND.get(), BackfillDelay.Basis.EARLIER_BACKFILL));
        assertThat(List.of(again.there(), again.written(), again.otherDelay())).containsExactly(written, 0L, 0L);
        assertThat(List.of(later.there(), later.written(), later.otherDelay())).containsExactly(written, 0L, written);
        assertThat(stores.history(view)).hasSize((int) written);
    }

    @Test
    void rowsBehindAnOpenTransactionOfTheLiveJobAreNotWrittenAgain() throws Exception {
        FreshetConfig config = config("behind");
        Stores stores = topic(config, 1, inOrder(1, 100));
        ViewText view = view("behind", "on_event", FEATURES);
        JobHandle job = live(config, view, new EventRange.Earliest(), new AvailableAt.Live(), EventRange.End.NEVER);
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !online("behind", "user1").isEmpty());
            long written =
                    backfill(config, view, UP_TO_NOW, SECOND).views().get(0).written();
            // Its rows lie behind those of the live job, of which the last checkpoint was none.
            BackfillReport.OfView again =
                    backfill(config, view, UP_TO_NOW, SECOND).views().get(0);
            assertThat(List.of(again.there(), again.written())).containsExactly(written, 0L);
            job.checkpoint();
            assertThat(rows(stores.history(view), RowOrigin.BACKFILL)).hasSize((int) written);
        } finally {
            job.cancel();
        }
    }

    @Test
    void whatAKilledBackfillLeftOpenIsAbortedAndEachRowComesOnce() throws Exception {
        FreshetConfig config = config("killed");
        Stores stores = topic(config, 1, inOrder(1, 100));
        ViewText view = view("killed", "on_event", FEATURES);
        long written = backfill(config, view, new Span(Long.MIN_VALUE, at(50)), SECOND)
                .views()
                .get(0)
                .written();
        KafkaProducer<byte[], byte[]> killed = transactional("killed-activity-backfill-7");
        try {
            killed.beginTransaction();
            killed.send(new ProducerRecord<>("killed.activity.history", new byte[] {1}, new byte[] {1}));
            killed.flush();

            BackfillReport.OfView report =
                    backfill(config, view, Span.all(), SECOND).views().get(0);

            assertThat(report.there()).isEqualTo(written);
            assertThat(stores.history(view)).hasSize((int) report.made());
            assertThat(rows(stores.history(view), RowOrigin.BACKFILL)).hasSize((int) report.made());
            assertThatThrownBy(killed::commitTransaction).isInstanceOf(RuntimeException.class);
        } finally {
            killed.close(Duration.ZERO);
        }
    }

    @Test
    void aBackfillCancelledWhileItWritesIsCompletedByTheNext() throws Exception {
        FreshetConfig config = config("cancelled");
        Stores stores = topic(config, 2, inOrder(2, 60_000));
        ViewText view = view("cancelled", "on_event", FEATURES);
        BackfillSpec first =
                BackfillSpec.prepare(config, List.of(view), BackfillSpec.Request.ofTopics(Span.all(), SECOND));
        JobHandle job = stack.run(new BackfillJob(first));
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> stores.committed(view) > 0);
        job.cancel();
        int left = stores.history(view).size();

        BackfillReport.OfView report =
                backfill(config, view, Span.all(), SECOND).views().get(0);

        assertThat(left).isPositive().isLessThan((int) report.made());
        assertThat(report.there()).isEqualTo(left);
        assertThat(report.written()).isEqualTo(report.made() - left);
        List<HistoryRow> rows = stores.history(view);
        assertThat(rows).hasSize((int) report.made());
        assertThat(rows(rows, RowOrigin.BACKFILL)).hasSize(rows.size());
    }

    @Test
    void ofTwoBackfillsOfAViewTheOneThatBeganLaterWrites() throws Exception {
        FreshetConfig config = config("two");
        Stores stores = topic(config, 1, inOrder(1, 50));
        ViewText view = view("two", "on_event", FEATURES);
        BackfillSpec.Request all = BackfillSpec.Request.ofTopics(Span.all(), SECOND);
        BackfillSpec first = BackfillSpec.prepare(config, List.of(view), all);
        BackfillSpec second = BackfillSpec.prepare(config, List.of(view), all);

        assertThatThrownBy(() -> stack.run(new BackfillJob(first)).awaitEnd())
                .hasMessageContaining("another backfill or run of the view has begun since");
        assertThat(stores.history(view)).isEmpty();
        stack.run(new BackfillJob(second)).awaitEnd();

        List<HistoryRow> rows = stores.history(view);
        assertThat(rows(rows, RowOrigin.BACKFILL)).isNotEmpty().hasSize(rows.size());
    }

    @Test
    void otherValuesInThePlaceOfRowsStopItBeforeAnyIsWritten() throws Exception {
        FreshetConfig config = config("conflict");
        Stores stores = topic(config, 2, inOrder(2, 50));
        backfill(config, view("conflict", "on_event", FEATURES), new Span(Long.MIN_VALUE, at(30)), SECOND);
        ViewText changed = view("conflict", "on_event", FEATURES.replace("sum: added", "sum: deleted"));
        int before = stores.history(changed).size();

        assertThatThrownBy(() -> backfill(config, changed, Span.all(), SECOND))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("of the rows that are in the history have other values")
                .hasMessageContaining("column 'added_")
                .hasMessageContaining("'version'");

        assertThat(stores.history(changed)).hasSize(before);
    }

    @Test
    void withoutLiveRowsADelayMustBeSaid() throws Exception {
        FreshetConfig config = config("delay");
        topic(config, 1, inOrder(1, 5));
        assertThatThrownBy(() -> backfill(config, view("delay", "on_event", FEATURES), Span.all(), Optional.empty()))
                .isInstanceOf(DelayUnknownException.class)
                .hasMessageContaining("--delay 1s");
    }

    @Test
    void aRunToTheEndDoesNotWaitForAnOpenTransaction() throws Exception {
        FreshetConfig config = config("open");
        Stores stores = topic(config, 1, inOrder(1, 10));
        ViewText view = view("open", "on_event", FEATURES);
        try (KafkaProducer<byte[], byte[]> producer = transactional("open-producer")) {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("open.edits", edits.edit("late", NOON, 1)));
            producer.flush();
            JobHandle job = live(config, view, new EventRange.Earliest(), new AvailableAt.Live());
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !job.isAlive());
            assertThat(stores.history(view)).noneMatch(row -> row.entity().equals("late"));
            assertThat(backfill(config, view, UP_TO_NOW, SECOND).read()).isEqualTo(10);
            producer.abortTransaction();
        }
    }
}
