/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.local.WorkDirectory;
import io.freshet.local.cluster.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens to machines, done on purpose to a job under load on a cluster of processes. Each fault ends in a check:
 * every row that there has to be is in the history once, with its values, and Redis has the last of each entity.
 *
 * <p>One round each is part of the build; all of them: {@code ./mvnw -Pfaults verify}, see FAULTS.md.
 */
class FaultsIT {

    private static final int ROUNDS = Integer.getInteger("faults.rounds", 1);
    private static final long SEED = Long.getLong("faults.seed", 20_260_101L);
    private static final int AWAY_SECONDS = Integer.getInteger("faults.away", 5);
    private static final Path REPORT = Path.of("target/faults.md");

    private static final FaultTable TABLE = new FaultTable();

    @TempDir
    private static Path folder;

    private static ClusterStage stage;

    private final Random random = new Random(SEED);

    private static FaultRun run;
    private static Ledger settled = Ledger.empty();

    @BeforeAll
    static void up() throws Exception {
        stage = ClusterStage.up(folder);
        run = new FaultRun(stage, "faults", SEED);
    }

    @AfterAll
    static void down() throws Exception {
        TABLE.write(REPORT);
        System.out.println(TABLE.text());
        run.close();
        stage.close();
    }

    @Test
    void aTaskManagerIsKilled() throws Exception {
        rounds("TaskManager killed", () -> {
            List<Part> busy = run.busyTaskManagers();
            Part part = busy.get(random.nextInt(busy.size()));
            long killedAt = System.currentTimeMillis();
            stage.kill(part);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> run.failures().stream().anyMatch(failure -> failure.atMillis() >= killedAt));
            stage.start(part);
        });
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
    void redisIsAway() throws Exception {
        rounds("Redis away for " + AWAY_SECONDS + " s", () -> {
            stage.cluster().stop(Part.REDIS);
            Awaitility.await().pollDelay(Duration.ofSeconds(AWAY_SECONDS)).until(() -> true);
            stage.start(Part.REDIS);
        });
    }

    @Test
    void redisIsStartedEmpty() throws Exception {
        rounds("Redis started empty", () -> {
            stage.kill(Part.REDIS);
            WorkDirectory.delete(stage.cluster().directory().resolve("redis/appendonlydir"));
            stage.start(Part.REDIS);
        });
    }

    @Test
    void eventsComeTwice() throws Exception {
        rounds("each event twice", () -> run.load().sendTwice(500));
    }

    @Test
    void poisonIsPutAside() throws Exception {
        List<byte[]> poison = poison();
        rounds("poison, ten kinds", () -> {
            for (byte[] value : poison) {
                run.load().sendPoison(random.nextInt(EditLoad.PARTITIONS), value);
            }
        });
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Set<String> letters = new HashSet<>();
            for (ConsumerRecord<byte[], byte[]> letter : stage.stores("faults").deadLetters()) {
                letters.add(header(letter, "partition") + "@" + header(letter, "offset"));
            }
            assertThat(letters).hasSize(ROUNDS * poison.size());
        });
    }

    /** Rounds of one fault, until one finds something. */
    private void rounds(String fault, FaultRun.Blow blow) throws Exception {
        List<Double> recoveries = new ArrayList<>();
        Ledger before = settled;
        long sent = run.load().sent();
        for (int i = 1; i <= ROUNDS && settled.since(before).isClean(); i++) {
            recoveries.add(run.underLoad(300 + random.nextInt(600), blow));
            settled = run.settle();
            System.out.printf(
                    "%s, round %d of %d: %,d events, %s, again after %.1f s%n",
                    fault,
                    i,
                    ROUNDS,
                    run.load().sent() - sent,
                    settled.since(before).isClean() ? "all right" : settled.first(),
                    recoveries.get(recoveries.size() - 1));
        }
        Ledger found = settled.since(before);
        TABLE.add(fault, run.load().sent() - sent, found, recoveries);
        assertThat(found.isClean()).as(found.toString()).isTrue();
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
                new Edits().edit("poison", Instant.parse("2100-01-01T00:00:00Z"), 1));
    }
}
