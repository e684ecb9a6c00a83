/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.cli.Freshet;
import io.freshet.definition.Column;
import io.freshet.definition.ViewText;
import io.freshet.local.cluster.Part;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A job on a cluster of processes, from its deployment to its upgrade, by the command line. */
class ClusterIT {

    private static final String TALLY = """
            view: tally
            source: {topic: life, schema: WikipediaEdit, event_time: time, out_of_orderness: 2s, idle_after: 1h}
            entity: [user]
            features:
              edits: {count: "*", windows: [1m]}
            """;

    @TempDir
    private static Path folder;

    private static ClusterStage stage;

    @BeforeAll
    static void up() throws Exception {
        stage = ClusterStage.up(folder);
    }

    @AfterAll
    static void down() throws Exception {
        stage.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noPartListensForOtherMachines() throws Exception {
        for (Part part : stage.cluster().running()) {
            long pid = stage.cluster().process(part).orElseThrow().pid();
            assertThat(Listening.beyondLoopback(pid)).as("%s", part.label()).isEmpty();
        }
    }

    @Test
    void aJobLivesThroughACrashAStopARescaleAndAnUpgrade() throws Exception {
        String yaml = EditLoad.VIEW.formatted("life");
        ViewText view = new Edits().view(yaml);
        Shell shell = stage.namespace("life", Map.of("edits", yaml));
        Stores stores = stage.stores("life");
        stores.createTopic("life", EditLoad.PARTITIONS);
        EditLoad load = new EditLoad(stores, "life", view.plan(), 1);

        assertThat(shell.run("deploy")).contains("job ", "flink ");
        load.send(1_500);
        awaitRows(shell, 500);
        assertThat(shell.tried("deploy", "--fresh").exitCode()).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(shell.tried("deploy").err()).contains("nothing has changed");

        stage.kill(Part.taskManager(1));
        load.send(1_000);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                ClusterStage.status(shell).path("last_failure").asText())
                        .isNotEmpty());
        stage.start(Part.taskManager(1));
        ClusterStage.awaitRunning(shell);
        load.send(500);

        String stopped = shell.run("stop", "--savepoint");
        assertThat(stopped).startsWith("savepoint");
        assertThat(Path.of(URI.create(stopped.replaceFirst("savepoint *", "").strip())))
                .isDirectory();
        assertThat(shell.tried("status").err()).contains("No job 'freshet life' runs");
        assertThat(shell.tried("deploy").err()).contains("--from-checkpoint latest");
        load.send(500);
        shell.run("deploy", "--from-checkpoint", "latest");

        shell.run("rescale", "--parallelism", "1");
        load.send(500);
        assertThat(ClusterStage.status(shell).path("parallelism").asInt()).isEqualTo(1);

        Files.writeString(folder.resolve("life/views/tally.yaml"), TALLY);
        shell.run("upgrade");
        load.send(500);
        JsonNode upgraded = ClusterStage.status(shell);
        assertThat(upgraded.path("parallelism").asInt()).isEqualTo(2);
        assertThat(upgraded.path("views")).hasSize(2);

        load.close();
        awaitWatermark(shell, load);
        shell.run("stop");
        assertThat(stores.history(new Edits().view(TALLY)))
                .as("a view that was added has not seen the events of before")
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.warming()).containsExactly("edits_1m"));
        assertThat(Ledger.of(stage.config("life"), view, load.expected()))
                .satisfies(ledger ->
                        assertThat(ledger.isClean()).as(ledger.toString()).isTrue())
                .satisfies(ledger -> assertThat(ledger.expected()).isGreaterThan(4_500));
    }

    @Test
    void aChangeUnderLoadKeepsWhatStaysAndMarksWhatIsNew() throws Exception {
        String before = EditLoad.VIEW.formatted("change");
        String now = before.replaceFirst("big: .*", "most: {max: added, windows: [10s]}");
        ViewText view = new Edits().view(now);
        Shell shell = stage.namespace("change", Map.of("edits", before));
        Path file = folder.resolve("change/views/edits.yaml");
        Stores stores = stage.stores("change");
        stores.createTopic("change", EditLoad.PARTITIONS);
        EditLoad load = new EditLoad(stores, "change", view.plan(), 2);
        assertThat(shell.run("plan")).contains("none runs", "+ edits  new", "+ change.edits.history");
        shell.run("deploy");
        load.send(1_000);
        awaitRows(shell, 300);

        Files.writeString(file, before.replace("{sum: added", "{max: added"));
        assertThat(shell.tried("plan").exitCode()).isEqualTo(Freshet.FAILED);
        assertThat(shell.tried("deploy").err()).contains("Cannot deploy", "added_1m", "--allow-new-meaning");

        Files.writeString(file, now);
        assertThat(shell.run("plan"))
                .contains("+ most  {max: added", "- big", "state dropped: big_1m", "warming:       most_10s until")
                .contains("freshet backfill edits", "nothing unsafe");
        AtomicBoolean isDone = new AtomicBoolean();
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendUntil(load, isDone));
        shell.run("deploy");
        isDone.set(true);
        sending.join();
        load.send(500);
        load.close();
        awaitWatermark(shell, load);
        shell.run("stop");
        Map<String, ExpectedRows.Row> all = load.expected();
        assertThat(stores.history(view)).hasSameSizeAs(all.values()).allSatisfy(row -> {
            ExpectedRows.Row expected = all.get(row.entity() + " " + row.seq());
            int added =
                    view.plan().columns().stream().map(Column::name).toList().indexOf("most_10s");
            List<Object> values = new ArrayList<>(row.values());
            List<Object> right = new ArrayList<>(expected.values());
            values.set(added, null);
            right.set(added, null);
            assertThat(row.asOfMillis()).isEqualTo(expected.asOfMillis());
            assertThat(values).isEqualTo(right);
            assertThat(row.warming()).containsExactly("most_10s");
        });
    }

    private static void sendUntil(EditLoad load, AtomicBoolean isDone) {
        try {
            while (!isDone.get()) {
                load.send(20);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitRows(Shell shell, int rows) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(view(shell).path("rows").asInt()).isGreaterThan(rows));
    }

    private static void awaitWatermark(Shell shell, EditLoad load) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(view(shell).path("watermark").asLong())
                        .isGreaterThanOrEqualTo(load.closedAtMillis()));
    }

    private static JsonNode view(Shell shell) throws Exception {
        for (JsonNode view : ClusterStage.status(shell).path("views")) {
            if (view.path("view").asText().equals("edits")) {
                return view;
            }
        }
        throw new AssertionError("The job has no view 'edits'");
    }
}
