/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.client.OnlineReader;
import io.freshet.client.OnlineRow;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.Column;
import io.freshet.definition.ViewText;
import io.freshet.job.JobSpec;
import io.freshet.local.JobHandle;
import io.freshet.operator.AvailableAt;
import io.freshet.row.HistoryRow;
import io.freshet.row.OnlineKeys;
import io.freshet.sink.TopicNames;
import io.freshet.source.EventRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis that has lost all gets it back from the history, in every layout, while the job goes on. */
class RestoreIT extends VerifyStage {

    private static final String VIEW = """
            view: %s
            source: {topic: restored.edits, schema: WikipediaEdit, event_time: time, out_of_orderness: 5s}
            entity: [user]
            windows: [%s]
            features:
              edits: {count: "*"}
              added: {sum: added}
              pages: {last_n: page, n: 2}
            online: {layout: %s, ttl: %s}
            """;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final Map<String, ViewText> views = new HashMap<>();

    @Test
    void allThatRedisHasLostComesBackAndNothingThatIsNewerGoes() throws Exception {
        FreshetConfig config = config("restored");
        createTopic(config, 2);
        Shell shell = settings();
        List<Edit> edits = shuffled(11);
        List<Edit> early = edits.subList(0, EDITS / 2);
        produce(config, early, 2);
        JobHandle job = stack.run(JobSpec.prepare(
                config,
                List.copyOf(views.values()),
                new EventRange(EARLIEST, EventRange.End.NEVER),
                new AvailableAt.Live()));
        awaitServed(early);
        // Rows become visible at the next checkpoint; those of brief have expired by then.
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(new Stores(config)
                                .history(views.get("brief")).stream()
                                        .map(HistoryRow::entity)
                                        .distinct())
                        .hasSize(USERS));

        redis.flushall();
        assertThat(online(config, views.get("hashed"))).isEmpty();
        Thread more = new Thread(() -> produce(config, edits.subList(EDITS / 2, EDITS), 2));
        more.start();
        Map<String, JsonNode> reports = restored(shell.run("restore", "--json"));
        more.join();
        awaitServed(edits);

        assertThat(reports).containsOnlyKeys("hashed", "packed", "feast", "brief");
        for (String view : List.of("hashed", "packed", "feast")) {
            JsonNode report = reports.get(view);
            assertThat(report.path("entities").asInt()).as("%s", report).isEqualTo(USERS);
            assertThat(report.path("written").asInt() + report.path("there").asInt())
                    .isEqualTo(USERS);
            assertThat(report.path("complete").asBoolean()).isTrue();
            assertHoldsTheLastOfEach(config, views.get(view));
        }
        assertThat(reports.get("brief").path("expired").asInt()).isEqualTo(USERS);
        assertThat(reports.get("brief").path("written").asInt()).isZero();
        assertThat(redis.pttl(OnlineKeys.row("restored", "hashed", "user1")))
                .isBetween(1L, Duration.ofDays(1).toMillis());
        assertThat(shell.tried("verify", "hashed").out()).contains("0  differences unexplained");

        assertThat(restored(shell.run("restore", "hashed", "--json"))
                        .get("hashed")
                        .path("written")
                        .asInt())
                .as("what is there is not written again")
                .isZero();
        job.cancel();

        String archives = folder.resolve("archives").toString();
        shell.run("archive", "packed", "--dir", archives);
        deleteHistory("packed");
        redis.flushall();
        assertThat(shell.tried("restore", "packed").err()).contains("--archive DIR");
        assertThat(online(config, views.get("packed"))).isEmpty();
        Shell.Result fromArchive = shell.tried("restore", "packed", "--archive", archives);
        assertThat(fromArchive.exitCode()).as(fromArchive.err()).isZero();
        assertThat(fromArchive.err()).isEmpty();
        assertThat(fromArchive.out()).contains("of them of the archive", USERS + "  of them written");
        assertThat(online(config, views.get("packed"))).isEqualTo(lastPacked);
        assertThat(shell.tried("restore", "packed", "--archive", folder.toString())
                        .exitCode())
                .as("no archive there")
                .isEqualTo(2);
    }

    private Map<String, String> lastPacked = Map.of();

    private Shell settings() throws Exception {
        Path file = folder.resolve("freshet.yaml");
        Files.writeString(file, """
                namespace: restored
                kafka: {bootstrap: "%s"}
                redis: {uri: "%s"}
                flink: {checkpoint_interval: 1s}
                """.formatted(stack.bootstrapServers(), stack.redisUri()));
        Files.createDirectories(folder.resolve("views"));
        add("hashed", "10s, 1h", "hash", "1d");
        add("packed", "10s, 1h", "compact", "1d");
        add("feast", "10s, 1h", "feast", "1d");
        add("brief", "10ms", "hash", "20ms");
        return new Shell(file, Map.of());
    }

    private void add(String name, String windows, String layout, String ttl) throws Exception {
        String yaml = VIEW.formatted(name, windows, layout, ttl);
        views.put(name, edits.view(yaml));
        Files.writeString(folder.resolve("views").resolve(name + ".yaml"), yaml);
    }

    private static Map<String, JsonNode> restored(String out) throws Exception {
        Map<String, JsonNode> reports = new HashMap<>();
        for (String line : out.strip().split("\n")) {
            JsonNode report = new ObjectMapper().readTree(line);
            reports.put(report.path("view").asText(), report);
        }
        return reports;
    }

    /** Waits until each view has served all of the edits that the watermark lets it. */
    private void awaitServed(List<Edit> edits) {
        long[] greatest = new long[2];
        for (int i = 0; i < edits.size(); i++) {
            greatest[i % 2] = Math.max(greatest[i % 2], edits.get(i).time());
        }
        String last = String.valueOf(Math.min(greatest[0], greatest[1]) - 5_001);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(views.keySet())
                        .allSatisfy(view -> assertThat(redis.get(OnlineKeys.watermark("restored", view)))
                                .isEqualTo(last)));
    }

    private void assertHoldsTheLastOfEach(FreshetConfig config, ViewText view) {
        // Rows become visible at the next checkpoint.
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
            Map<String, String> last = new HashMap<>();
            for (HistoryRow row : new Stores(config).history(view)) {
                last.put(row.entity(), text(row.asOfMillis(), row.seq(), row.warming(), row.values()));
            }
            assertThat(online(config, view)).hasSize(USERS).isEqualTo(last);
        });
        if (view.plan().view().name().equals("packed")) {
            lastPacked = online(config, view);
        }
    }

    /** What Redis has of each user. */
    private static Map<String, String> online(FreshetConfig config, ViewText view) {
        List<String> users = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            users.add("user" + i);
        }
        Map<String, String> found = new HashMap<>();
        try (OnlineReader reader = OnlineReader.connect(config.redis().uri(), config.namespace(), LIMIT)) {
            for (OnlineRow row : reader.read(view.plan(), users).rows().values()) {
                List<@Nullable Object> values = new ArrayList<>();
                for (Column column : view.plan().columns()) {
                    values.add(row.value(column.name()));
                }
                found.put(row.entity(), text(row.asOfMillis(), row.seq(), row.warming(), values));
            }
        }
        return found;
    }

    private static String text(long asOf, long seq, Object warming, List<@Nullable Object> values) {
        return asOf + " " + seq + " " + warming + " " + values;
    }

    /** As retention does, long after. */
    private static void deleteHistory(String view) throws Exception {
        String topic = TopicNames.history("restored", view);
        Properties properties = new Properties();
        properties.put("bootstrap.servers", stack.bootstrapServers());
        try (Admin admin = Admin.create(properties)) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .forEach(info ->
                            all.put(new TopicPartition(topic, info.partition()), RecordsToDelete.beforeOffset(-1)));
            admin.deleteRecords(all).all().get();
        }
    }
}
