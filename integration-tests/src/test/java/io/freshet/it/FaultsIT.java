/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.local.WorkDirectory;
import io.freshet.local.cluster.Part;
import io.freshet.rest.RunRequest;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens to machines, done on purpose to a job under load on a cluster of processes. Each fault ends in a check:
 * every row that there has to be is in the history once, with its values, and Redis has the last of each entity.
 *
 * <p>One round each is part of the build; all of them: {@code ./mvnw -Pfaults verify}, see FAULTS.md.
 */
class FaultsIT {

    private static final int ROUNDS = Integer.getInteger("faults.rounds", 1);
    private static final int KILLS = Integer.getInteger("faults.kills", 1);
    private static final long SEED = Long.getLong("faults.seed", 20_260_101L);
    private static final int AWAY_SECONDS = Integer.getInteger("faults.away", 5);
    private static final boolean ALL = Boolean.getBoolean("faults.all");
    private static final Path REPORT = Path.of("target/faults.md");
    private static final Path LOGS = Path.of("target/faults-logs");

    /** Longer than a command to Redis may take. */
    private static final Duration HANGING = Duration.ofSeconds(13);

    private static final FaultTable TABLE = new FaultTable();

    @TempDir
    private static Path folder;

    private static ClusterStage stage;
    private static FaultRun run;

    private final Random random = new Random(SEED);

    /** A process that has ended by itself is started again, and told of. */
    @BeforeEach
    void startEnded() throws Exception {
        List<String> ended = stage.startEnded();
        if (!ended.isEmpty()) {
            System.out.println("Had ended and are started again: " + ended);
        }
    }

    @BeforeAll
    static void up() throws Exception {
        System.out.println("Seed of events, moments, and who is hit: -Dfaults.seed=" + SEED);
        stage = ClusterStage.up(folder);
        run = new FaultRun(stage, "faults", SEED);
    }

    @AfterAll
    static void down() throws Exception {
        TABLE.write(REPORT);
        System.out.println(TABLE.text());
        stage.keepLogs(LOGS);
        try {
            // Over the events of all faults, with what their dead letters explain.
            JsonNode verified = run.verify();
            System.out.println("verify: " + verified);
            assertThat(FaultRun.unexplained(verified)).as("%s", verified).isZero();
        } finally {
            run.close();
            stage.close();
        }
    }

    @Test
    void aTaskManagerIsKilled() throws Exception {
        rounds(run, "TaskManager killed", KILLS, () -> {
            List<Part> busy = run.busyTaskManagers();
            Part part = busy.get(random.nextInt(busy.size()));
            long killedAt = System.currentTimeMillis();
            stage.kill(part);
            awaitFailure(killedAt);
            stage.start(part);
        });
    }

    private static void awaitFailure(long afterMillis) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> run.failures().stream().anyMatch(failure -> failure.atMillis() >= afterMillis));
    }

    @Test
    void theJobManagerIsKilled() throws Exception {
        rounds("JobManager killed, started from the last checkpoint", () -> {
            stage.kill(Part.JOB_MANAGER);
            stage.start(Part.JOB_MANAGER);
            run.shell().run("deploy", "--from-checkpoint", "latest");
        });
    }

    @Test
    void theBrokerIsRestarted() throws Exception {
        rounds("broker killed and started", () -> {
            stage.kill(Part.KAFKA);
            stage.start(Part.KAFKA);
        });
    }

    @Test
    @EnabledIfSystemProperty(named = "faults.all", matches = "true")
    void theBrokerIsAway() throws Exception {
        rounds("broker away for " + AWAY_SECONDS + " s", () -> {
            stage.kill(Part.KAFKA);
            pass(Duration.ofSeconds(AWAY_SECONDS));
            stage.start(Part.KAFKA);
        });
    }

    @Test
    void redisIsAway() throws Exception {
        rounds("Redis away for " + AWAY_SECONDS + " s", () -> {
            stage.cluster().stop(Part.REDIS);
            pass(Duration.ofSeconds(AWAY_SECONDS));
            stage.start(Part.REDIS);
        });
    }

    @Test
    void redisIsStartedEmptyAndRestored() throws Exception {
        rounds("Redis started empty, restored", () -> {
            stage.kill(Part.REDIS);
            WorkDirectory.delete(stage.cluster().directory().resolve("redis/appendonlydir"));
            stage.start(Part.REDIS);
            String report = run.shell().run("restore", "--json");
            assertThat(report).contains("\"complete\":true");
            // Before later events make rows of the same entities.
            JsonNode verified = run.verify();
            assertThat(verified.path("unexplained").path("wrong_online").asLong())
                    .as("%s%n%s", report, verified)
                    .isZero();
        });
    }

    @Test
    void redisHasNoMemoryLeft() throws Exception {
        rounds("Redis out of memory for " + AWAY_SECONDS + " s", () -> {
            redis(commands -> commands.configSet("maxmemory", "1"));
            awaitLogged("raise its maxmemory");
            pass(Duration.ofSeconds(AWAY_SECONDS));
            redis(commands -> commands.configSet("maxmemory", "0"));
        });
        assertThat(stage.taskManagerLogs()).contains("Redis takes rows again");
    }

    @Test
    @EnabledIfSystemProperty(named = "faults.all", matches = "true")
    void redisHangs() throws Exception {
        rounds("Redis hangs for " + HANGING.toSeconds() + " s", () -> {
            stage.pause(Part.REDIS);
            pass(HANGING);
            awaitLogged("it takes connections but does not answer");
            stage.resume(Part.REDIS);
        });
    }

    @Test
    @EnabledIfSystemProperty(named = "faults.all", matches = "true")
    void allTaskManagersArePausedForLongerThanATransactionLives() throws Exception {
        FaultRun.Setup shortLived =
                FaultRun.Setup.of(stage).with("kafka: {properties: {transaction.timeout.ms: \"6000\"}}\n");
        try (FaultRun short6 = new FaultRun(stage, "transactions", SEED, shortLived)) {
            rounds(short6, "all TaskManagers paused for 20 s, transactions live 6 s", ROUNDS, () -> {
                List<Part> busy = short6.busyTaskManagers();
                for (Part part : busy) {
                    stage.pause(part);
                }
                pass(Duration.ofSeconds(20));
                for (Part part : busy) {
                    stage.resume(part);
                }
                // A TaskManager whose transactions the broker has ended ends itself, as Flink sees the connector fail
                // while
                // it is closed. Where it is supervised it is started again.
                pass(Duration.ofSeconds(5));
                for (Part part : busy) {
                    stage.start(part);
                }
            });
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "faults.all", matches = "true")
    void thereIsNoRoomForCheckpoints() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("small"));
                FaultRun small = new FaultRun(
                        stage, "disk", SEED, FaultRun.Setup.of(stage).keptIn(disk.folder()))) {
            rounds(small, disk.kind() + " for " + AWAY_SECONDS + " s", ROUNDS, () -> {
                long filledAt = System.currentTimeMillis();
                disk.fill();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> small.failures().stream().anyMatch(failure -> failure.atMillis() >= filledAt));
                pass(Duration.ofSeconds(AWAY_SECONDS));
                disk.free();
            });
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "faults.all", matches = "true")
    void aPartitionIsSilent() throws Exception {
        FaultRun.Setup impatient = FaultRun.Setup.of(stage).over(EditLoad.IMPATIENT_VIEW);
        try (FaultRun idle = new FaultRun(stage, "idle", SEED, impatient)) {
            rounds(idle, "one of two partitions silent", ROUNDS, () -> {
                idle.onlyToFirst(true);
                long from = idle.load().clockMillis();
                idle.awaitWatermark(from + 60_000);
                idle.onlyToFirst(false);
            });
        }
    }

    @Test
    void eventsComeTwice() throws Exception {
        rounds("each event twice", () -> run.load().sendTwice(500));
    }

    @Test
    void oneUserDoesNearlyAll() throws Exception {
        rounds("hot key: 95 of 100 events", () -> run.load().sendHot(3_000));
    }

    @Test
    void poisonIsPutAside() throws Exception {
        List<byte[]> poison = poison();
        rounds("poison, 1 event in 100, ten kinds", () -> {
            for (byte[] value : poison) {
                run.load().send(99);
                run.load().sendPoison(random.nextInt(EditLoad.PARTITIONS), value);
            }
        });
        awaitLetters(ROUNDS * poison.size(), letter -> !isOfTheFuture(letter));
    }

    @Test
    void clocksAreAheadAndTheirEventsArePutAside() throws Exception {
        int perRound = 50;
        rounds("events two minutes to fifty years ahead", () -> {
            for (int i = 0; i < perRound; i++) {
                run.load().send(10);
                Instant ahead = Instant.now().plusSeconds(120 + i * (i == 0 ? 1L : 30_000_000L));
                run.load().sendPoison(random.nextInt(EditLoad.PARTITIONS), new Edits().edit("user-1", ahead, 1));
            }
        });
        awaitLetters(ROUNDS * perRound, FaultsIT::isOfTheFuture);
    }

    @Test
    void theJobIsRescaled() throws Exception {
        rounds("rescaled from 2 to 1 and to 2", () -> {
            run.shell().run("rescale", "--parallelism", "1");
            run.shell().run("rescale", "--parallelism", "2");
        });
    }

    @Test
    @EnabledIfSystemProperty(named = "faults.all", matches = "true")
    void theJobIsUpgraded() throws Exception {
        Path view = folder.resolve("faults/views/edits.yaml");
        String before = Files.readString(view);
        rounds("upgraded", () -> {
            Files.writeString(view, before + "description: \"as of " + System.nanoTime() + "\"\n");
            run.shell().run("upgrade");
        });
    }

    @Test
    void aSecondCopyIsRefused() throws Exception {
        rounds("started a second time", () -> {
            Shell.Result deployed = run.shell().tried("deploy", "--fresh");
            assertThat(deployed.exitCode()).isEqualTo(2);
            assertThat(deployed.err()).contains("Cannot start a second job 'freshet faults'");
            // As the web UI does, and 'flink run'.
            String jar = run.flink().jars().entrySet().stream()
                    .filter(each -> each.getValue().contains("faults"))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
            RunRequest byHand = new RunRequest(List.of(), Optional.empty(), Optional.empty(), false);
            assertThatThrownBy(() -> run.flink().run(jar, byHand))
                    .hasMessageContaining("Cannot start a second job 'freshet faults' beside");
        });
    }

    private interface RedisWork {
        void with(RedisCommands<String, String> commands);
    }

    private static void redis(RedisWork work) {
        try (RedisClient client = RedisClient.create(stage.cluster().layout().redisUri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            work.with(connection.sync());
        }
    }

    private static void awaitLogged(String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stage.taskManagerLogs()).contains(text));
    }

    private static void pass(Duration time) {
        Awaitility.await().atMost(time.plusSeconds(10)).pollDelay(time).until(() -> true);
    }

    /** Waits until the dead letters that are asked for are so many, each told by where its event lies. */
    private static void awaitLetters(int wanted, Predicate<ConsumerRecord<byte[], byte[]>> which) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Set<String> letters = new HashSet<>();
            for (ConsumerRecord<byte[], byte[]> letter : stage.stores("faults").deadLetters()) {
                if (which.test(letter)) {
                    letters.add(header(letter, "partition") + "@" + header(letter, "offset"));
                }
            }
            assertThat(letters).hasSize(wanted);
        });
    }

    private void rounds(String fault, FaultRun.Blow blow) throws Exception {
        rounds(run, fault, ROUNDS, blow);
    }

    /** Rounds of one fault, until one finds something. In the whole suite each ends in what verify says. */
    private void rounds(FaultRun job, String fault, int rounds, FaultRun.Blow blow) throws Exception {
        List<Double> recoveries = new ArrayList<>();
        Ledger before = job.settled();
        long sent = job.load().sent();
        for (int i = 1; i <= rounds && job.settled().since(before).isClean(); i++) {
            recoveries.add(job.underLoad(300 + random.nextInt(600), blow));
            Ledger settled = job.settle();
            System.out.printf(
                    "%s, round %d of %d: %,d events, %s, again after %.1f s%n",
                    fault,
                    i,
                    rounds,
                    job.load().sent() - sent,
                    settled.since(before).isClean() ? "all right" : settled.first(),
                    recoveries.get(recoveries.size() - 1));
        }
        Ledger found = job.settled().since(before);
        Optional<JsonNode> verified = ALL ? Optional.of(job.verify()) : Optional.empty();
        OptionalLong unexplained =
                verified.isEmpty() ? OptionalLong.empty() : OptionalLong.of(FaultRun.unexplained(verified.get()));
        TABLE.add(fault, job.load().sent() - sent, found, unexplained, recoveries);
        assertThat(found.isClean()).as(found.toString()).isTrue();
        assertThat(unexplained.orElse(0)).as("%s", verified).isZero();
    }

    private static boolean isOfTheFuture(ConsumerRecord<byte[], byte[]> letter) {
        return header(letter, "reason").equals("future_time");
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Ten kinds of what producers send by mistake. */
    private static List<byte[]> poison() throws Exception {
        byte[] right = new Edits().edit("poison", Instant.parse("2026-01-01T00:00:00Z"), 1);
        byte[] otherMagic = right.clone();
        otherMagic[0] = 0;
        byte[] otherSchema = right.clone();
        otherSchema[5]++;
        byte[] noise = new byte[200];
        new Random(1).nextBytes(noise);
        return List.of(
                new byte[0],
                new byte[] {(byte) 0xC3},
                "{\"user\": \"Ann\"}".getBytes(StandardCharsets.UTF_8),
                "hello".getBytes(StandardCharsets.UTF_8),
                otherMagic,
                otherSchema,
                Arrays.copyOf(right, right.length - 3),
                Arrays.copyOf(right, right.length + 3),
                noise,
                // A number of a string's letters that is none.
                new byte[] {(byte) 0xC3, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xFF});
    }
}
