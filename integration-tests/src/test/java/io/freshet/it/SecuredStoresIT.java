/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.Freshet;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.local.Ports;
import io.freshet.local.RedisServer;
import io.freshet.row.HistoryRow;
import io.freshet.row.OnlineKeys;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way over a Kafka with TLS, SCRAM and access control and a Redis with TLS and users, with exactly the rights that
 * {@code security.md} lists: they are read from the page.
 */
class SecuredStoresIT {

    private static final Path PAGE = Path.of("../flink-jobs/flink/docs/security.md");
    private static final String JOB = "planted-of-job-2b61";
    private static final String READER = "planted-of-reader-94f0";
    private static final String TRAINER = "planted-of-trainer-5f2c";
    private static final String ADMIN = "planted-of-admin-c3d8";
    private static final String WRONG = "planted-and-wrong-0e57";
    private static final Pattern PLANTED = Pattern.compile("planted-[a-z]+-[a-z]+-[0-9a-f]{4}");
    private static final String TOPIC = "shop.orders";
    private static final int EVENTS = 200;

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static Certificates others;
    private static SecureKafka kafka;
    private static Process redisServer;
    private static int redisPort;
    private static RedisClient admin;
    private static RedisCommands<String, String> redis;
    private static Stores stores;
    private static ViewText view;
    private static Instant begin;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.make(folder, "stores");
        others = Certificates.make(folder, "others");
        kafka = SecureKafka.start(
                Files.createDirectory(folder.resolve("kafka")),
                certificates,
                Map.of("job", JOB, "reader", READER, "trainer", TRAINER));
        startRedis();
        grantAsThePageSays();
        stores = new Stores(FreshetConfig.of(
                "test", "", Map.of(), Map.of("kafka.bootstrap", kafka.adminBootstrap(), "namespace", "features")));
        stores.createTopic(TOPIC, 2);
        String yaml = """
                view: activity
                source: {topic: shop.orders, schema: WikipediaEdit, event_time: time, out_of_orderness: 1s}
                entity: [user]
                features:
                  edits: {count: "*", windows: [1h]}
                  added: {sum: added, windows: [1h]}
                """;
        view = new Edits().view(yaml);
        Files.writeString(Files.createDirectory(folder.resolve("views")).resolve("activity.yaml"), yaml);
        Files.writeString(folder.resolve("job.yaml"), settings("job", certificates.certificate()));
        Files.writeString(folder.resolve("reader.yaml"), settings("reader", certificates.certificate()));
        Files.writeString(folder.resolve("trainer.yaml"), settings("trainer", certificates.certificate()));
        begin = Instant.now().minus(30, ChronoUnit.MINUTES);
        send();
        runTheJob();
    }

    private static void startRedis() throws Exception {
        redisPort =
                Ports.reserve(List.of(new Ports.Choice("Redis", "", Ports.ANY))).get(0);
        Path directory = Files.createDirectory(folder.resolve("redis"));
        List<String> words = new ArrayList<>(RedisServer.command(directory, 0, RedisServer.Keeps.NOTHING));
        words.addAll(List.of("--tls-port", Integer.toString(redisPort), "--tls-auth-clients", "no"));
        words.addAll(List.of("--tls-cert-file", certificates.certificate().toString()));
        words.addAll(List.of("--tls-key-file", certificates.key().toString()));
        words.addAll(List.of("--tls-ca-cert-file", certificates.certificate().toString()));
        words.addAll(List.of("--requirepass", ADMIN));
        redisServer = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("redis.log").toFile())
                .start();
        RedisURI uri = RedisURI.create("rediss://localhost:" + redisPort);
        uri.setAuthentication(ADMIN.toCharArray());
        admin = RedisClient.create(uri);
        admin.setOptions(ClientOptions.builder()
                .sslOptions(SslOptions.builder()
                        .trustManager(certificates.certificate().toFile())
                        .build())
                .build());
        StatefulRedisConnection<String, String> connection = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(admin::connect, StatefulRedisConnection::isOpen);
        redis = connection.sync();
    }

    /** The lines of code of the page that give rights, run by the administrators. */
    private static void grantAsThePageSays() throws Exception {
        List<AclBinding> bindings = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("--allow-principal")) {
                bindings.addAll(bindings(List.of(line.split(" "))));
                if (line.contains("User:reader") && line.contains("--topic features.")) {
                    // All that history, training-set, drift and archive need.
                    bindings.addAll(bindings(
                            List.of(line.replace("User:reader", "User:trainer").split(" "))));
                }
            } else if (line.startsWith("ACL SETUSER")) {
                acl(line.replace("job-password", JOB).replace("reader-password", READER));
            }
        }
        assertThat(bindings).hasSizeGreaterThan(8);
        try (Admin client = Admin.create(Map.of("bootstrap.servers", kafka.adminBootstrap()))) {
            client.createAcls(bindings).all().get();
        }
    }

    /** What one call of kafka-acls.sh adds. */
    private static List<AclBinding> bindings(List<String> words) {
        Map<String, String> given = new HashMap<>();
        List<AclOperation> operations = new ArrayList<>();
        for (int i = 0; i < words.size(); i += 2) {
            if (words.get(i).equals("--operation")) {
                operations.add(AclOperation.fromString(words.get(i + 1)));
            } else {
                given.put(words.get(i), words.get(i + 1));
            }
        }
        Map<String, ResourceType> types = Map.of(
                "--topic", ResourceType.TOPIC,
                "--group", ResourceType.GROUP,
                "--transactional-id", ResourceType.TRANSACTIONAL_ID);
        String option =
                types.keySet().stream().filter(given::containsKey).findFirst().orElseThrow();
        PatternType pattern = given.containsKey("--resource-pattern-type") ? PatternType.PREFIXED : PatternType.LITERAL;
        ResourcePattern resource = new ResourcePattern(types.get(option), given.get(option), pattern);
        return operations.stream()
                .map(operation -> new AclBinding(
                        resource,
                        new AccessControlEntry(
                                given.get("--allow-principal"), "*", operation, AclPermissionType.ALLOW)))
                .toList();
    }

    private static void acl(String line) {
        CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8);
        List.of(line.split(" ")).stream().skip(1).forEach(arguments::add);
        redis.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), arguments);
    }

    private static String settings(String user, Path trusted) {
        return """
                namespace: features
                kafka:
                  bootstrap: "%s"
                  properties:
                    security.protocol: SASL_SSL
                    sasl.mechanism: SCRAM-SHA-512
                    sasl.jaas.config: 'org.apache.kafka.common.security.scram.ScramLoginModule required username="%s" password="${PASSWORD}";'
                    ssl.truststore.type: PEM
                    ssl.truststore.location: "%s"
                    default.api.timeout.ms: "5000"
                    request.timeout.ms: "2000"
                redis:
                  uri: "rediss://localhost:%d"
                  username: %s
                  password: ${PASSWORD}
                  ca_certificates: "%s"
                  retry_for: 1s
                flink: {parallelism: 1, checkpoint_interval: 1s}
                """.formatted(kafka.bootstrap(), user, trusted, redisPort, user, trusted);
    }

    private static void send() throws Exception {
        Edits edits = new Edits();
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(edits.edit("user" + i % 10, begin.plusSeconds(i), i));
        }
        stores.produce(TOPIC, 0, events);
        stores.produce(TOPIC, 1, List.of("no event".getBytes(StandardCharsets.UTF_8)));
    }

    private static void runTheJob() {
        StringWriter said = new StringWriter();
        int code = Freshet.commandLine(Map.of("PASSWORD", JOB))
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute("run", "--until-end", "--config", folder + "/job.yaml");
        assertThat(code).as("%s", said).isEqualTo(Freshet.OK);
    }

    @AfterAll
    static void stop() throws Exception {
        admin.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        redisServer.destroy();
        redisServer.waitFor();
        kafka.close();
    }

    @Test
    void eachEventGivesOneRowInTheHistoryAndTheNewestIsInRedis() {
        assertThat(stores.history(view))
                .hasSize(EVENTS)
                .extracting(HistoryRow::seq)
                .allSatisfy(seq -> assertThat(seq).isBetween(0L, (long) EVENTS));
        assertThat(stores.deadLetters()).hasSize(1);
        assertThat(redis.hgetall(OnlineKeys.row("features", "activity", "user3")))
                .containsEntry("edits_1h", "20");
    }

    @Test
    @EnabledOnOs(OS.LINUX) // it looks into /proc
    void whoMayReadReadsAndProves() throws Exception {
        assertThat(reader("get", "activity", "user3")).as("%s", err).isEqualTo(Freshet.OK);
        try (Listening listening = Listening.watchOwn()) {
            assertThat(reader("verify", "activity")).as("%s%s", out, err).isEqualTo(Freshet.OK);
            assertThat(listening.beyondLoopback()).isEmpty();
        }
        assertThat(out.toString()).contains("10  entities looked up in Redis; 10 hold the newest committed row");
    }

    @Test
    void whoMayReadTheHistoriesAloneTrains() throws Exception {
        assertThat(trainer("history", "activity", "user3", "--json"))
                .as("%s", err)
                .isEqualTo(Freshet.OK);
        Path spine =
                Files.writeString(folder.resolve("spine.csv"), "user,timestamp,label\nuser3," + Instant.now() + ",1\n");
        assertThat(trainer(
                        "training-set",
                        "--spine",
                        spine.toString(),
                        "--views",
                        "activity",
                        "--out",
                        folder.resolve("train.csv").toString()))
                .as("%s", err)
                .isEqualTo(Freshet.OK);
        assertThat(folder.resolve("train.csv")).content().contains("user3").contains(",20,");
        assertThat(trainer(
                        "archive",
                        "activity",
                        "--dir",
                        folder.resolve("archive").toString()))
                .as("%s", err)
                .isEqualTo(Freshet.OK);
    }

    @Test
    void aBackfillNeedsNoMoreThanTheJob() {
        assertThat(freshet(JOB, "backfill", "activity", "--delay", "1s", "--config", folder + "/job.yaml"))
                .as("%s", err)
                .isEqualTo(Freshet.OK);
    }

    @Test
    void aWrongPasswordIsToldAndNotShown() {
        for (String command : List.of("run", "verify", "history")) {
            assertFails(freshet(
                    WRONG,
                    command.equals("history")
                            ? new String[] {command, "activity", "user3", "--config", folder + "/job.yaml", "--debug"}
                            : new String[] {command, "activity", "--config", folder + "/job.yaml", "--debug"}));
            assertThat(err.toString())
                    .contains("invalid credentials with SASL mechanism SCRAM-SHA-512; check user and password in");
        }
        assertFails(freshet(WRONG, "get", "activity", "user3", "--config", folder + "/reader.yaml", "--debug"));
        assertThat(err.toString()).contains("Cannot log in to Redis at localhost:" + redisPort + ": WRONGPASS");
    }

    @Test
    void aCertificateOfSomebodyElseIsNotTrusted() throws Exception {
        Files.writeString(folder.resolve("untrusting.yaml"), settings("job", others.certificate()));
        assertFails(freshet(JOB, "run", "--config", folder + "/untrusting.yaml"));
        assertThat(err.toString())
                .contains("SSL handshake failed (")
                .contains("; check ssl.truststore.location, or ssl.truststore.certificates, of kafka.properties");
        assertFails(freshet(JOB, "get", "activity", "user3", "--config", folder + "/untrusting.yaml"));
        assertThat(err.toString())
                .contains("Cannot trust Redis at localhost:" + redisPort + ": ")
                .contains("; set redis.ca_certificates to the certificates of who signed that of the server");
        assertFails(freshet(
                JOB, "run", "--config", folder + "/job.yaml", "-D", "redis.ca_certificates=" + others.certificate()));
        assertThat(err.toString()).contains("Cannot trust Redis at localhost:" + redisPort + ": ");
    }

    @Test
    void aMissingRightIsToldWithWhatItIsNeededFor() throws Exception {
        assertFails(freshet(JOB, "run", "--config", folder + "/job.yaml", "-D", "namespace=elsewhere"));
        assertThat(err.toString())
                .contains("Cannot make topic 'elsewhere.")
                .contains("; the broker's access control must allow it to the user of kafka.properties");
        acl("ACL SETUSER job -evalsha");
        try {
            assertFails(freshet(
                    JOB, "run", "--until-end", "--config", folder + "/job.yaml", "-D", "kafka.properties.client.id=x"));
        } finally {
            acl("ACL SETUSER job +evalsha");
        }
        assertThat(err.toString())
                .contains("Cannot run EVALSHA on keys features:activity:* of Redis at localhost:" + redisPort
                        + ": NOPERM")
                .contains("; give the user that redis.username names the rights +eval +evalsha +set ");
    }

    private void assertFails(int code) {
        assertThat(code).as("%s%s", out, err).isEqualTo(Freshet.FAILED);
        assertThat(PLANTED.matcher(out.toString() + err)
                        .results()
                        .map(found -> found.group())
                        .toList())
                .isEmpty();
    }

    private int trainer(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--config", folder + "/trainer.yaml"));
        return freshet(TRAINER, all.toArray(String[]::new));
    }

    private int reader(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--config", folder + "/reader.yaml"));
        return freshet(READER, all.toArray(String[]::new));
    }

    private int freshet(String password, String... words) {
        return Freshet.commandLine(Map.of("PASSWORD", password))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }
}
