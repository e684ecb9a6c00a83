/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.Freshet;
import io.freshet.config.FreshetConfig;
import io.freshet.local.LocalStack;
import io.freshet.row.OnlineKeys;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two secrets are planted, Redis' password and one among Kafka's properties, and looked for in all that a job and the
 * command line write: logs at DEBUG, what Flink's REST tells of job, plan, settings and exceptions, metrics, messages, stack traces.
 */
class SecretsIT {

    private static final String PASSWORD = "planted-of-redis-41c7";
    private static final String LOGIN = "planted-of-kafka-83e2";
    private static final String OTHER = "planted-and-wrong-5d10";
    private static final String TOPIC = "secrets.edits";
    private static final Pattern PLANTED = Pattern.compile(PASSWORD + "|" + LOGIN + "|" + OTHER);

    private static LocalStack stack;
    private static Stores stores;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
        Files.writeString(folder.resolve("freshet.yaml"), """
                namespace: secrets
                kafka:
                  bootstrap: "%s"
                  properties:
                    sasl.jaas.config: 'org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="${LOGIN}";'
                redis: {uri: "%s", password: "${PASSWORD}", retry_for: 1s}
                flink: {parallelism: 1, metrics_port: 0}
                """.formatted(stack.bootstrapServers(), stack.redisUri()));
        Files.writeString(Files.createDirectories(folder.resolve("views")).resolve("activity.yaml"), """
                view: activity
                source: {topic: secrets.edits, schema: WikipediaEdit, event_time: time, out_of_orderness: 1s}
                entity: [user]
                features:
                  edits: {count: "*", windows: [1h]}
                """);
        Files.writeString(folder.resolve("log4j2.properties"), """
                appender.all.type = File
                appender.all.name = all
                appender.all.fileName = ${sys:log.file}
                appender.all.layout.type = PatternLayout
                appender.all.layout.pattern = %d %-5p %c: %m%n%throwable
                rootLogger.level = debug
                rootLogger.appenderRef.all.ref = all
                """);
        FreshetConfig config =
                FreshetConfig.of("test", "", Map.of(), Map.of("kafka.bootstrap", stack.bootstrapServers()));
        stores = new Stores(config);
        stores.createTopic(TOPIC, 1);
        sendAnEdit();
        try (RedisClient client = RedisClient.create(stack.redisUri());
                StatefulRedisConnection<String, String> redis = client.connect()) {
            redis.sync().configSet("requirepass", PASSWORD);
        }
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aJobTellsNoSecretWhileItRunsAndWhenItIsRefused() throws Exception {
        RedisURI uri = RedisURI.create(stack.redisUri());
        uri.setAuthentication(PASSWORD.toCharArray());
        try (RedisClient client = RedisClient.create(uri);
                StatefulRedisConnection<String, String> connection = client.connect();
                Command run = freshet("run", Map.of("PASSWORD", PASSWORD, "LOGIN", LOGIN), "run")) {
            RedisCommands<String, String> redis = connection.sync();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .failFast("the job has ended", () -> !run.isRunning())
                    .until(() -> redis.exists(OnlineKeys.row("secrets", "activity", "Ann")) == 1);
            URI flink = address(run.output(), "flink");
            String job = group(get(flink.resolve("/jobs")), "\"id\":\"([0-9a-f]{32})\"");
            List<String> said = new ArrayList<>(List.of(get(address(run.output(), "metrics"))));
            for (String path : List.of("/config", "/jobmanager/config", "/jobmanager/environment", "/taskmanagers")) {
                said.add(get(flink.resolve(path)));
            }
            for (String part :
                    List.of("", "/plan", "/config", "/checkpoints/config", "/exceptions", "/jobmanager/config")) {
                said.add(get(flink.resolve("/jobs/" + job + part)));
            }

            // The server's password is changed, and it lets nobody stay: the next write is refused, and the job ends.
            redis.configSet("requirepass", OTHER);
            try {
                redis.auth(OTHER);
                redis.clientKill(KillArgs.Builder.typeNormal().skipme());
                sendAnEdit();
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                    whileItAnswers(flink.resolve("/jobs/" + job + "/exceptions"))
                            .ifPresent(said::add);
                    return !run.isRunning();
                });
            } finally {
                redis.configSet("requirepass", PASSWORD);
            }

            said.add(run.output());
            said.add(log("run"));
            assertThat(said)
                    .as("that something was looked at")
                    .allSatisfy(text -> assertThat(text).isNotEmpty());
            assertThat(log("run")).contains("ProducerConfig", "WRONGPASS");
            said.forEach(SecretsIT::assertNothingTold);
        }
    }

    @Test
    void commandsThatFailTellNoSecretEvenWithStackTraces() throws Exception {
        String mistyped = "redis: {uri: \"redis://:%s@localhost:1\", pasword: %s, batch: \"${PASSWORD}\"}\n"
                .formatted(OTHER, OTHER);
        Files.writeString(folder.resolve("mistyped.yaml"), mistyped);
        List<List<String>> commands = List.of(
                List.of("get", "activity", "Ann", "--debug"),
                List.of("history", "activity", "Nobody", "--debug"),
                List.of("get", "--config", "mistyped.yaml", "activity", "Ann", "--debug"),
                List.of("run", "--config", "mistyped.yaml"));
        Map<String, String> wrong = Map.of("PASSWORD", OTHER, "LOGIN", LOGIN);
        for (List<String> words : commands) {
            String name = "fails" + commands.indexOf(words);
            try (Command command = freshet(name, wrong, words.toArray(String[]::new))) {
                assertThat(command.exitCode())
                        .as("%s: %s", words, command.output())
                        .isNotEqualTo(Freshet.OK);
                assertNothingTold(command.output());
                assertNothingTold(log(name));
            }
        }
        try (Command unset = freshet("unset", Map.of("LOGIN", LOGIN), "get", "activity", "Ann")) {
            assertThat(unset.exitCode()).isEqualTo(Freshet.WRONG_INPUT);
            assertThat(unset.output()).contains("Cannot read environment variable 'PASSWORD'");
            assertNothingTold(unset.output());
        }
    }

    private static void sendAnEdit() throws Exception {
        stores.produce(TOPIC, 0, List.of(new Edits().edit("Ann", Instant.now(), 1)));
    }

    private static void assertNothingTold(String text) {
        Matcher found = PLANTED.matcher(text);
        assertThat(found.results()
                        .map(MatchResult::start)
                        .map(at -> text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 40))))
                .isEmpty();
    }

    private static Command freshet(String name, Map<String, String> environment, String... words) throws Exception {
        Path built = Path.of("../flink-jobs/cli/target").toRealPath();
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx1g",
                "-Dlog4j2.configurationFile=" + folder.resolve("log4j2.properties"),
                "-Dlog.file=" + logFile(name),
                "-cp",
                built.resolve("freshet-cli.jar") + File.pathSeparator + built.resolve("lib") + "/*",
                Freshet.class.getName()));
        command.addAll(List.of(words));
        return Command.start(folder, environment, command);
    }

    private static Path logFile(String name) {
        return folder.resolve(name + ".log");
    }

    private static String log(String name) throws Exception {
        return Files.exists(logFile(name)) ? Files.readString(logFile(name)) : "";
    }

    private static URI address(String output, String of) {
        return URI.create(group(output, "(?m)^" + of + " +(http\\S+)$"));
    }

    private static String group(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
        return found.group(1);
    }

    private static Optional<String> whileItAnswers(URI address) throws Exception {
        try {
            return Optional.of(get(address));
        } catch (IOException hasEnded) {
            return Optional.empty();
        }
    }

    private static String get(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
