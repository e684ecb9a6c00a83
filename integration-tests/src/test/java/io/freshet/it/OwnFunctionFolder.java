/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.Freshet;
import io.freshet.local.LocalStack;
import io.freshet.row.OnlineKeys;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A user's folder of settings and one view that calls a function of the user's own jar; the events of the view are in
 * Kafka: Ann edits once on a Friday and twice on the Saturday that follows, by her clock.
 * The last edit is of {@link #LAST}.
 */
final class OwnFunctionFolder {

    private static final String EDIT = """
            {"time": "%s", "user": "Ann", "channel": "#en", "page": "Tea", "namespace": "Main", "isMinor": false, \
            "isNew": false, "isAnonymous": false, "isUnpatrolled": false, "isRobot": false, \
            "delta": 1, "added": 1, "deleted": 0}
            """;

    /** The time of the last edit. */
    static final Instant LAST = Instant.parse("2015-09-12T22:29:59Z");

    private final Path path;
    private final String namespace;
    private final String redisUri;

    private OwnFunctionFolder(Path path, String namespace, String redisUri) {
        this.path = path;
        this.namespace = namespace;
        this.redisUri = redisUri;
    }

    /** Fills an empty folder, and a topic that bears the name of the namespace. */
    static OwnFunctionFolder fill(Path path, String namespace, LocalStack stack) throws Exception {
        Files.writeString(
                path.resolve("freshet.yaml"), """
                namespace: %s
                kafka: {bootstrap: "%s"}
                redis: {uri: "%s"}
                """.formatted(namespace, stack.bootstrapServers(), stack.redisUri()));
        Files.writeString(
                Files.createDirectories(path.resolve("views")).resolve("weekend.yaml"), """
                view: weekend
                source: {topic: %s, schema: WikipediaEdit, event_time: time, out_of_orderness: 1s}
                entity: [user]
                features:
                  weekend: {weekend_share: "*", utc_offset: 1, windows: [1d]}
                  quiet: {time_since_last: "*", windows: [1d]}
                derived:
                  is_quiet: "quiet_1d >= 60000"
                """.formatted(namespace));
        Path events = Files.writeString(
                path.resolve("edits.json"),
                EDIT.formatted("2015-09-11T22:30:00Z") + EDIT.formatted("2015-09-11T23:30:00Z") + EDIT.formatted(LAST));
        StringWriter said = new StringWriter();
        int exit = Freshet.commandLine(Map.of())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(
                        "produce",
                        "--config",
                        path.resolve("freshet.yaml").toString(),
                        "--topic",
                        namespace,
                        "--schema",
                        "WikipediaEdit",
                        "--partitions",
                        "1",
                        events.toString());
        assertThat(exit).as(said.toString()).isZero();
        return new OwnFunctionFolder(path, namespace, stack.redisUri());
    }

    Path path() {
        return path;
    }

    /** Waits until Redis holds what the function gives for all three edits, or the job has ended. */
    void awaitTheShareOfAllEdits(Command job) {
        try (RedisClient client = RedisClient.create(redisUri);
                StatefulRedisConnection<String, String> redis = client.connect()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .failFast("the job has ended", () -> !job.isRunning())
                    .untilAsserted(() -> assertThat(redis.sync().hgetall(OnlineKeys.row(namespace, "weekend", "Ann")))
                            .containsEntry("_seq", "3")
                            .containsEntry("weekend_1d", String.valueOf(2.0 / 3)));
        }
    }

    /** The jar of the function, which is on no class path of the processes that are started. */
    static Path functionJar() throws Exception {
        return jar("../flink-jobs/example-function/target", "-SNAPSHOT.jar");
    }

    /** The file of a folder that ends so. */
    static Path jar(String folder, String end) throws Exception {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(end))
                    .findFirst()
                    .orElseThrow()
                    .toRealPath();
        }
    }
}
