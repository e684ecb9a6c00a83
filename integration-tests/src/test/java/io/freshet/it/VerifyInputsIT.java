/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.backfill.BackfillJob;
import io.freshet.backfill.BackfillSpec;
import io.freshet.backfill.Span;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.job.KafkaSettings;
import io.freshet.local.JobHandle;
import io.freshet.source.EventRange;
import io.freshet.verify.Cause;
import io.freshet.verify.VerifyReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Views of every kind are found right: several topics, coalesced rows, dead letters, deleted events, late starts. */
class VerifyInputsIT extends VerifyStage {

    private static final int PARTITIONS = 2;

    @Test
    void coalescedRowsAndDeadLettersAreExplained() throws Exception {
        FreshetConfig config = config("coalesced", "limits.event_bytes", "2000", "limits.key_length", "100");
        ViewText view = view(config, "coalesce: 20ms\n");
        createTopic(config, PARTITIONS);
        List<Edit> all = shuffled(6);
        produce(config, all, PARTITIONS);
        byte[] late =
                edits.edit("user1", Instant.ofEpochMilli(all.get(0).time()).minus(Duration.ofDays(1)), 1);
        byte[] long101 =
                edits.edit("u".repeat(101), Instant.ofEpochMilli(all.get(0).time()), 1);
        byte[] large = Arrays.copyOf(all.get(0).bytes(), 900_000);
        Stores stores = new Stores(config);
        stores.produce(topic(config), 0, List.of(new byte[] {1}, late, new byte[0], long101, large));
        runToEnd(config, view);
        assertThat(stores.deadLetters())
                .extracting(letter ->
                        new String(letter.headers().lastHeader("reason").value(), UTF_8) + " " + letter.value().length)
                .contains("key_too_long " + long101.length, "too_large 4096");

        VerifyReport report = verify(config, view);
        assertThat(report.isClean()).as("%s", report).isTrue();
        assertThat(report.count(Cause.COALESCED)).isPositive();
        assertThat(report.count(Cause.DEAD_LETTER)).isEqualTo(4);
        assertThat(report.count(Cause.LATE)).isEqualTo(1);
        assertThat(report.events()).isEqualTo(EDITS + 5);
        assertThat(report.online().equal()).isEqualTo(USERS);
    }

    @Test
    void rowsOfSeveralTopicsAreRight() throws Exception {
        ViewText view = ShopEvents.view();
        FreshetConfig config = config("shop");
        Stores stores = new Stores(config);
        stores.createTopic("shop.purchases", PARTITIONS);
        stores.createTopic("shop.refunds", PARTITIONS);
        Random random = new Random(7);
        JobHandle job = runOn(config, view, EARLIEST);
        try {
            for (int round = 0; round < 3; round++) {
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    List<byte[]> purchases = new ArrayList<>();
                    List<byte[]> refunds = new ArrayList<>();
                    for (int i = 0; i < 200; i++) {
                        Instant time = Instant.parse("2015-09-12T12:00:00Z")
                                .plusSeconds(1_200L * round + 6 * i - random.nextInt(10));
                        String customer = "c" + random.nextInt(8);
                        purchases.add(ShopEvents.purchase(customer, time, random.nextInt(100)));
                        refunds.add(ShopEvents.refund(customer, time, random.nextInt(100)));
                    }
                    stores.produce("shop.purchases", partition, purchases);
                    stores.produce("shop.refunds", partition, refunds);
                }
            }
            stores.produce("shop.refunds", 1, List.of(new byte[] {1}));
            awaitTakenIn(config, "shop.refunds", 1, 601, job);
        } finally {
            job.cancel();
        }

        VerifyReport live = verify(config, view);
        assertThat(live.isClean()).as("%s", live).isTrue();
        assertThat(live.events()).isEqualTo(2_401);
        assertThat(live.count(Cause.DEAD_LETTER)).isEqualTo(1);
        assertThat(live.rows().compared()).isGreaterThan(2_000);

        FreshetConfig ended = config("shop-ended");
        runToEnd(ended, view);
        VerifyReport report = verify(ended, view);
        assertThat(report.isClean()).as("%s", report).isTrue();
        assertThat(report.rows().equal()).isEqualTo(report.rows().compared());
    }

    @Test
    void whatWasDeletedFromTheTopicCannotBeJudgedAndWhatIsLeftIs() throws Exception {
        FreshetConfig config = config("deleted");
        ViewText view = edits.view("""
                view: activity
                source: {topic: deleted.edits, schema: WikipediaEdit, event_time: time, out_of_orderness: 5s}
                entity: [user]
                emit: on_watermark
                windows: [10s, 1m]
                features:
                  edits: {count: "*"}
                  added: {sum: added}
                """);
        createTopic(config, PARTITIONS);
        produce(config, shuffled(8), PARTITIONS);
        runToEnd(config, view);
        try (Admin admin = Admin.create(KafkaSettings.of(config))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(topic(config), 0), RecordsToDelete.beforeOffset(300),
                            new TopicPartition(topic(config), 1), RecordsToDelete.beforeOffset(200)))
                    .all()
                    .get();
        }

        VerifyReport report = verify(config, view);
        assertThat(report.causes()).as("%s", report.examples()).containsOnlyKeys(Cause.NOT_VERIFIABLE);
        assertThat(report.count(Cause.NOT_VERIFIABLE)).isGreaterThan(500);
        assertThat(report.rows().equal()).isGreaterThan(500);
        assertThat(report.online().equal()).isEqualTo(USERS);
    }

    @Test
    void jobThatStartedLateAndABackfillBeforeItAreRight() throws Exception {
        FreshetConfig config = config("started");
        ViewText view = view(config, "");
        createTopic(config, PARTITIONS);
        List<Edit> edits = shuffled(9);
        produce(config, edits.subList(0, EDITS / 3), PARTITIONS);
        Span past = new Span(Long.MIN_VALUE, edits.get(EDITS / 4).time());
        BackfillSpec spec = BackfillSpec.prepare(
                config, List.of(view), BackfillSpec.Request.ofTopics(past, Optional.of(Duration.ofSeconds(1))));
        stack.run(new BackfillJob(spec)).awaitCounts();

        JobHandle job = runOn(config, view, new EventRange.Latest());
        try {
            job.checkpoint();
            produce(config, edits.subList(EDITS / 3, EDITS), PARTITIONS);
            awaitServed("started", edits, PARTITIONS);
            job.checkpoint();
        } finally {
            job.cancel();
        }

        VerifyReport report = verify(config, view);
        assertThat(report.isClean()).as("%s", report).isTrue();
        assertThat(report.rows().others()).isPositive();
        assertThat(report.count(Cause.NOT_VERIFIABLE)).isEqualTo(EDITS / 3);
        assertThat(report.rows().equal() + report.count(Cause.OUT_OF_ORDER))
                .isEqualTo(report.rows().compared())
                .isGreaterThan(EDITS);
    }

    /** Waits until the job has told Kafka that it has taken in so many records of a partition. */
    private static void awaitTakenIn(FreshetConfig config, String topic, int partition, long records, JobHandle job)
            throws Exception {
        TopicPartition of = new TopicPartition(topic, partition);
        try (Admin admin = Admin.create(KafkaSettings.of(config))) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                job.checkpoint();
                OffsetAndMetadata told = admin.listConsumerGroupOffsets(config.namespace())
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(of);
                return told != null && told.offset() >= records;
            });
        }
    }
}
