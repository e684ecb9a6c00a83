/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.backfill.BackfillDelay;
import io.freshet.backfill.BackfillJob;
import io.freshet.backfill.BackfillReport;
import io.freshet.backfill.BackfillSpec;
import io.freshet.backfill.DelayUnknownException;
import io.freshet.backfill.EventFiles;
import io.freshet.backfill.Span;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.event.AvroDecoder;
import io.freshet.event.EventSelector;
import io.freshet.event.SelectedEvent;
import io.freshet.job.FeatureJob;
import io.freshet.job.JobSpec;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStack;
import io.freshet.local.LocalStackException;
import io.freshet.metrics.ViewMetrics;
import io.freshet.operator.AvailableAt;
import io.freshet.oracle.Oracle;
import io.freshet.row.HistoryRow;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowOrigin;
import io.freshet.source.EventRange;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backfills on the embedded stack: what is in the history afterwards, whatever happened on the way. */
class BackfillIT {

    private static final Instant NOON = Instant.parse("2015-09-12T12:00:00Z");
    private static final Optional<Duration> SECOND = Optional.of(Duration.ofSeconds(1));
    private static final Span UP_TO_NOW = new Span(Long.MIN_VALUE, Instant.now().toEpochMilli());

    private static final String FEATURES = """
              edits: {count: "*"}
              added: {sum: added}
              first: {first: added, windows: [10m]}
            """;

    /** For a live job and a backfill beside it. */
    private static final int SLOTS = 4;

    private static LocalStack stack;
    private static Edits edits;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(new LocalStack.Options(0, 0, 0, SLOTS));
        edits = new Edits();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void backfilledRowsAreThoseThatTheLiveJobWroteOfEventsInOrder() throws Exception {
        FreshetConfig config = config("same");
        Stores stores = topic(config, 2, inOrder(2, 300));
        ViewText view = view("same", "on_event", FEATURES);
        live(config, view, new EventRange.Earliest(), new AvailableAt.Live()).awaitEnd();
        Map<String, String> online = online("same", "user1");

        BackfillReport report = backfill(config, view, UP_TO_NOW, SECOND);

        Map<String, List<Object>> live = rows(stores.history(view), RowOrigin.LIVE);
        Map<String, List<Object>> backfilled = rows(stores.history(view), RowOrigin.BACKFILL);
        assertThat(live).hasSizeGreaterThan(600);
        assertThat(backfilled).containsAllEntriesOf(live);
        // Each task of the live job stops where its own input ends; the backfill takes all to the end of the whole.
        assertThat(backfilled.size() - live.size()).isLessThan(40);
        assertThat(report.views().get(0).written()).isEqualTo(backfilled.size());
        assertThat(report.read()).isEqualTo(600);
        assertThat(stores.history(view))
                .filteredOn(row -> row.origin() == RowOrigin.BACKFILL)
                .allMatch(row -> row.availableAtMillis() == row.asOfMillis() + 1_000);
        assertThat(online("same", "user1")).isEqualTo(online);
    }

    @Test
    void whatTheLiveJobHasIsLeftToIt() throws Exception {
        FreshetConfig config = config("left");
        Stores stores = topic(config, 1, inOrder(1, 200));
        ViewText view = view("left", "on_event", FEATURES);
        live(config, view, new EventRange.Earliest(), new AvailableAt.Live()).awaitEnd();

        BackfillReport.OfView report =
                backfill(config, view, Span.all(), Optional.empty()).views().get(0);

        assertThat(report.written()).isZero();
        assertThat(report.leftToLive()).isGreaterThan(200);
        assertThat(report.delay().basis()).isEqualTo(BackfillDelay.Basis.MEASURED);
        assertThat(rows(stores.history(view), RowOrigin.BACKFILL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on_event", "on_watermark"})
    void everyValueAgreesWithTheOracleWhateverTheOrderOfEvents(String emit) throws Exception {
        String name = "oracle_" + emit;
        FreshetConfig config = config(name);
        List<List<byte[]>> shuffled = inOrder(3, 200);
        shuffled.forEach(events -> Collections.shuffle(events, new Random(5)));
        Stores stores = topic(config, 3, shuffled);
        ViewText view = view(name, emit, FEATURES);

        BackfillReport.OfView report =
                backfill(config, view, Span.all(), SECOND).views().get(0);

        Oracle oracle = oracle(view, shuffled);
        List<HistoryRow> rows = stores.history(view);
        assertThat(rows).hasSize((int) report.made()).hasSizeGreaterThan(600);
        assertThat(report.events()).isEqualTo(600);
        for (HistoryRow row : rows) {
            assertThat(row.warming()).isEmpty();
            // Of rows as of one moment the last tells all of it.
            if (rows.stream()
                    .noneMatch(other -> other.entity().equals(row.entity())
                            && other.asOfMillis() == row.asOfMillis()
                            && other.seq() > row.seq())) {
                for (int i = 0; i < view.plan().windowed().size(); i++) {
                    assertThat(oracle.answer(i, row.entity(), row.asOfMillis())
                                    .agreesWith(row.values().get(i)))
                            .as("column %d of %s", i, row)
                            .isTrue();
                }
            }
        }
    }

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
                .hasMessageContaining("another backfill of the view has begun since");
        assertThat(stores.history(view)).isEmpty();
        stack.run(new BackfillJob(second)).awaitEnd();

        List<HistoryRow> rows = stores.history(view);
        assertThat(rows(rows, RowOrigin.BACKFILL)).isNotEmpty().hasSize(rows.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"avro", "jsonl", "parquet"})
    void eventsOfFilesComeBeforeThoseOfTheTopicWithoutGapOrDouble(String format, @TempDir Path folder)
            throws Exception {
        FreshetConfig whole = config("whole_" + format);
        Stores expected = topic(whole, 1, inOrder(1, 200));
        backfill(whole, view("whole_" + format, "on_event", FEATURES), Span.all(), SECOND);
        FreshetConfig config = config("files_" + format);
        // The topic begins at event 100, the files end behind it, and lie in no order.
        Stores stores = topic(config, 1, List.of(inOrder(1, 200).get(0).subList(100, 200)));
        EditFiles.write(edits, format, folder.resolve("a." + format), fields(60, 120));
        EditFiles.write(edits, format, folder.resolve("b." + format), fields(0, 60));
        ViewText view = view("files_" + format, "on_event", FEATURES);

        BackfillSpec spec = BackfillSpec.prepare(
                config,
                List.of(view),
                new BackfillSpec.Request(Span.all(), SECOND, EventFiles.find(List.of(folder + "/*." + format)), true));
        JobHandle job = stack.run(new BackfillJob(spec));
        job.awaitEnd();
        BackfillReport report = BackfillReport.of(spec, job.counts());

        assertThat(report.topics().get(0).ofFiles().records()).isEqualTo(120);
        assertThat(report.topics().get(0).ofFiles().lastMillis()).hasValue(at(119));
        assertThat(report.topics().get(0).ofTopic().firstMillis()).hasValue(at(100));
        assertThat(report.views().get(0).overlap()).isEqualTo(20);
        assertThat(report.views().get(0).events()).isEqualTo(200);
        assertThat(rows(stores.history(view), RowOrigin.BACKFILL))
                .isEqualTo(rows(expected.history(view("whole_" + format, "on_event", FEATURES)), RowOrigin.BACKFILL));
        assertThat(stores.history(view)).allMatch(row -> row.warming().isEmpty());
    }

    @Test
    void fromAndToAreTheBordersOfRowsNotOfEvents() throws Exception {
        FreshetConfig config = config("borders");
        Stores stores = topic(config, 1, inOrder(1, 100));
        ViewText view = view("borders", "on_event", FEATURES);
        backfill(config, view, new Span(at(40), at(60)), SECOND);
        List<HistoryRow> middle = stores.history(view);
        assertThat(middle).isNotEmpty().allMatch(row -> row.asOfMillis() >= at(40) && row.asOfMillis() < at(60));
        assertThat(middle).anyMatch(row -> row.asOfMillis() == at(40));

        BackfillReport.OfView report =
                backfill(config, view, Span.all(), SECOND).views().get(0);

        // Windows were warm: the rows of the middle are those of the whole.
        assertThat(report.there()).isEqualTo(middle.size());
        assertThat(stores.history(view)).hasSize((int) report.made());
    }

    @Test
    void aNewFeatureGetsAPastBesideTheRowsThatLackIt() throws Exception {
        FreshetConfig config = config("feature");
        Stores stores = topic(config, 1, inOrder(1, 150));
        ViewText before = view("feature", "on_event", FEATURES);
        live(config, before, new EventRange.Earliest(), new AvailableAt.Live()).awaitEnd();
        List<HistoryRow> live = stores.history(before);
        ViewText after = view("feature", "on_event", FEATURES + "  deleted: {sum: deleted, windows: [5m]}\n");

        BackfillReport.OfView report =
                backfill(config, after, Span.all(), Optional.empty()).views().get(0);

        assertThat(report.leftToLive()).isZero();
        int added = after.plan().columns().size() - 1;
        Map<String, List<HistoryRow>> backfilled = new HashMap<>();
        stores.history(after).stream()
                .filter(row -> row.origin() == RowOrigin.BACKFILL)
                .forEach(row -> backfilled
                        .computeIfAbsent(row.entity() + "@" + row.asOfMillis(), key -> new ArrayList<>())
                        .add(row));
        for (HistoryRow row : live) {
            List<HistoryRow> same = backfilled.get(row.entity() + "@" + row.asOfMillis());
            assertThat(same).as("%s", row).isNotEmpty();
            assertThat(same)
                    .anySatisfy(
                            one -> assertThat(one.values().subList(0, added)).isEqualTo(row.values()));
        }
        assertThat(backfilled.values().stream().flatMap(List::stream))
                .anyMatch(row -> row.values().get(added) != null);
        assertThat(backfill(config, after, Span.all(), Optional.empty())
                        .views()
                        .get(0)
                        .written())
                .isZero();
    }

    @Test
    void ofEachEntityRowsGoOnToWhereItsLiveRowsAreComplete() throws Exception {
        FreshetConfig config = config("handover");
        Stores stores = new Stores(config);
        stores.createTopic("handover.edits", 1);
        ViewText view = view("handover", "on_event", FEATURES);
        Instant now = Instant.now();
        stores.produce(
                "handover.edits",
                0,
                List.of(edits.edit("quiet", now.minusSeconds(30), 1), edits.edit("busy", now.minusSeconds(20), 1)));
        long begin = System.currentTimeMillis() + 1;
        Awaitility.await().until(() -> System.currentTimeMillis() > begin);
        List<byte[]> later = new ArrayList<>();
        for (int minute = 1; minute < 40; minute++) {
            later.add(edits.edit("busy", now.plus(Duration.ofMinutes(minute)), 1));
        }
        stores.produce("handover.edits", 0, later);
        live(config, view, new EventRange.At(begin), new AvailableAt.Live()).awaitEnd();

        backfill(config, view, Span.all(), SECOND);

        long complete = stores.history(view).stream()
                .filter(row -> row.origin() == RowOrigin.LIVE && row.warming().isEmpty())
                .mapToLong(HistoryRow::asOfMillis)
                .min()
                .orElseThrow();
        List<HistoryRow> backfilled = stores.history(view).stream()
                .filter(row -> row.origin() == RowOrigin.BACKFILL)
                .toList();
        assertThat(backfilled)
                .filteredOn(row -> row.entity().equals("busy"))
                .isNotEmpty()
                .allMatch(row -> row.asOfMillis() < complete);
        // The live job knows nothing of it: all is told here, to the last row.
        assertThat(backfilled)
                .filteredOn(row -> row.entity().equals("quiet"))
                .extracting(row -> row.values().get(0))
                .endsWith(0L);
        List<HistoryRow> busy = stores.history(view).stream()
                .filter(row -> row.entity().equals("busy"))
                .filter(row -> row.warming().isEmpty())
                .toList();
        assertThat(busy).extracting(row -> row.values().get(1)).contains(10L);
    }

    @Test
    void deadLettersAreCountedNotWritten() throws Exception {
        FreshetConfig config = config("letters");
        List<byte[]> events = inOrder(1, 20).get(0);
        events.add(5, new byte[] {1, 2});
        events.add(edits.edit("user1", Instant.now().plus(Duration.ofDays(1)), 1));
        Stores stores = topic(config, 1, List.of(events));

        BackfillReport report = backfill(config, view("letters", "on_event", FEATURES), Span.all(), SECOND);

        assertThat(report.topics().get(0).ofTopic().deadLetters())
                .isEqualTo(Map.of("undecodable", 1L, "future_time", 1L));
        assertThat(stores.deadLetters()).isEmpty();
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

    private static List<Map<String, Object>> fields(int from, int to) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            events.add(edits.fields("user" + i % 7, Instant.ofEpochMilli(at(i)), i));
        }
        return events;
    }

    private static BackfillReport backfill(FreshetConfig config, ViewText view, Span span, Optional<Duration> delay)
            throws Exception {
        BackfillSpec spec = BackfillSpec.prepare(config, List.of(view), BackfillSpec.Request.ofTopics(span, delay));
        JobHandle job = stack.run(new BackfillJob(spec));
        assertThat(job.awaitEnd(Duration.ofSeconds(120))).as("ended in time").isTrue();
        return BackfillReport.of(spec, job.counts());
    }

    private static JobHandle live(FreshetConfig config, ViewText view, EventRange.Start start, AvailableAt availableAt)
            throws Exception {
        return live(config, view, start, availableAt, EventRange.End.AT_LATEST);
    }

    private static JobHandle live(
            FreshetConfig config, ViewText view, EventRange.Start start, AvailableAt availableAt, EventRange.End end)
            throws Exception {
        JobSpec spec = JobSpec.prepare(config, List.of(view), new EventRange(start, end), availableAt);
        return stack.run(env -> FeatureJob.assemble(env, spec));
    }

    /** Values by entity, as_of and seq; a row that is there twice fails. */
    private static Map<String, List<Object>> rows(List<HistoryRow> rows, RowOrigin origin) {
        Map<String, List<Object>> values = new HashMap<>();
        for (HistoryRow row : rows) {
            if (row.origin() == origin) {
                String place = row.entity() + " " + row.asOfMillis() + " " + row.seq();
                assertThat(values.put(place, row.values())).as(place).isNull();
            }
        }
        return values;
    }

    private static Oracle oracle(ViewText view, List<List<byte[]>> partitions) throws Exception {
        Oracle oracle = new Oracle(view.plan().windowed());
        EventSelector selector = new EventSelector(view.plan(), ViewMetrics.NONE);
        AvroDecoder decoder = new AvroDecoder(edits.schema());
        for (int partition = 0; partition < partitions.size(); partition++) {
            List<byte[]> events = partitions.get(partition);
            for (int offset = 0; offset < events.size(); offset++) {
                Optional<SelectedEvent> event =
                        selector.select(decoder.decode(events.get(offset)), partition, offset, 0, null);
                event.ifPresent(oracle::add);
            }
        }
        return oracle;
    }

    private static Map<String, String> online(String namespace, String user) {
        try (RedisClient client = RedisClient.create(stack.redisUri());
                StatefulRedisConnection<String, String> redis = client.connect()) {
            return redis.sync().hgetall(OnlineKeys.row(namespace, "activity", user));
        }
    }

    private static KafkaProducer<byte[], byte[]> transactional(String id) {
        Properties settings = new Properties();
        settings.setProperty("bootstrap.servers", stack.bootstrapServers());
        settings.setProperty("transactional.id", id);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static FreshetConfig config(String namespace) throws Exception {
        return FreshetConfig.of(
                "test",
                "",
                Map.of(),
                Map.of(
                        "namespace", namespace,
                        "kafka.bootstrap", stack.bootstrapServers(),
                        "redis.uri", stack.redisUri()));
    }

    private static ViewText view(String namespace, String emit, String features) throws Exception {
        return edits.view("""
                view: activity
                source: {topic: %s.edits, schema: WikipediaEdit, event_time: time, out_of_orderness: 1s, max_future: 1h}
                entity: [user]
                emit: %s
                windows: [1m, 10m]
                features:
                %s""".formatted(namespace, emit, features.indent(0)));
    }

    private static Stores topic(FreshetConfig config, int partitions, List<List<byte[]>> events) throws Exception {
        Stores stores = new Stores(config);
        String topic = config.namespace() + ".edits";
        stores.createTopic(topic, partitions);
        for (int i = 0; i < partitions; i++) {
            stores.produce(topic, i, events.get(i));
        }
        return stores;
    }

    /** Event time of the n-th event, ms. */
    private static long at(int n) {
        return NOON.plusSeconds(7L * n).toEpochMilli();
    }

    /** So many events per partition, each partition of its own users, in order of time. */
    private static List<List<byte[]>> inOrder(int partitions, int events) throws Exception {
        List<List<byte[]>> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            List<byte[]> own = new ArrayList<>();
            for (int i = 0; i < events; i++) {
                String user = "user" + (i % 7 * partitions + partition);
                own.add(edits.edit(user, Instant.ofEpochMilli(at(i)), i));
            }
            all.add(own);
        }
        return all;
    }
}
