/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.config.FreshetConfig;
import io.freshet.local.LocalStack;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowOrigin;
import java.io.File;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar and a user's function by {@code flink run}: Flink's own client with Flink's jars alone on its class path,
 * which starts a cluster inside itself ({@code -t local}). Classes come to the tasks the way they do on a cluster: jars by
 * the blob server, what {@code -C} names by its address.
 */
class FlinkRunIT {

    private static final List<String> OURS = List.of("freshet-", "flink-connector-kafka", "kafka", "lettuce-", "cel-");

    private static LocalStack stack;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aFunctionInAJarBesideTheJobIsFound() throws Exception {
        OwnFunctionFolder own = OwnFunctionFolder.fill(folder, "beside", stack);
        String function = OwnFunctionFolder.functionJar().toUri().toString();
        try (Command flink = flinkRun("-C", function, jobJar().toString())) {
            own.awaitTheShareOfAllEdits(flink);
        }
    }

    @Test
    void aFunctionInsideTheJobsJarIsFound() throws Exception {
        OwnFunctionFolder own = OwnFunctionFolder.fill(folder, "inside", stack);
        Path one = Files.copy(jobJar(), folder.resolve("job.jar"));
        addAll(OwnFunctionFolder.functionJar(), one);
        try (Command flink = flinkRun(one.toString())) {
            own.awaitTheShareOfAllEdits(flink);
        }
    }

    @Test
    void withoutItsJarTheJobIsRefusedAndTheMessageSaysSo() throws Exception {
        OwnFunctionFolder.fill(folder, "without", stack);
        try (Command flink = flinkRun(jobJar().toString())) {
            assertThat(flink.exitCode()).isEqualTo(1);
            assertThat(flink.output())
                    .contains("Unknown key 'weekend_share' in feature 'weekend'", "is not on the class path");
        }
    }

    @Test
    void aBackfillAndAnArchiveRunThere() throws Exception {
        FreshetConfig config = FreshetConfig.of(
                "test", "", Map.of(), Map.of("kafka.bootstrap", stack.bootstrapServers(), "namespace", "batches"));
        Stores stores = new Stores(config);
        stores.createTopic("batches.edits", 1);
        Edits edits = new Edits();
        Instant noon = Instant.parse("2015-09-12T12:00:00Z");
        stores.produce(
                "batches.edits", 0, List.of(edits.edit("Ann", noon, 1), edits.edit("Bob", noon.plusSeconds(1), 2)));
        String yaml = """
                view: batches
                source: {topic: batches.edits, schema: WikipediaEdit, event_time: time}
                entity: [user]
                features: {edits: {count: "*", windows: [lifetime]}}
                """;
        Files.writeString(Files.createDirectory(folder.resolve("views")).resolve("batches.yaml"), yaml);
        Files.writeString(folder.resolve("freshet.yaml"), """
                namespace: batches
                kafka: {bootstrap: "%s"}
                redis: {uri: "%s"}
                flink: {parallelism: 1}
                """.formatted(stack.bootstrapServers(), stack.redisUri()));

        try (Command flink = flinkRun(
                List.of("-c", "io.freshet.backfill.BackfillJob"),
                jobJar().toString(),
                "--view",
                "batches",
                "--delay",
                "1s")) {
            assertThat(flink.exitCode()).as("%s", flink.output()).isZero();
            assertThat(flink.output()).contains("view batches: 2 rows, 0 of them there already, 2 written");
        }
        assertThat(stores.history(edits.view(yaml)))
                .extracting(HistoryRow::origin)
                .containsExactly(RowOrigin.BACKFILL, RowOrigin.BACKFILL);
        try (Command flink = flinkRun(
                List.of("-c", "io.freshet.archive.ArchiveJob"),
                jobJar().toString(),
                "--dir",
                folder.resolve("archive").toString())) {
            assertThat(flink.exitCode()).as("%s", flink.output()).isZero();
            assertThat(flink.output()).contains("view batches: 2 rows added, 2 rows in 1 files");
        }
        try (Command flink = flinkRun(List.of("-c", "io.freshet.backfill.BackfillJob"), jobJar().toString())) {
            assertThat(flink.exitCode()).isEqualTo(1);
            assertThat(flink.output()).contains("Missing option --view. Usage: flink run -c");
        }
    }

    private static Path jobJar() throws Exception {
        return OwnFunctionFolder.jar("../flink-jobs/flink/target", "-job.jar");
    }

    private Command flinkRun(String... words) throws Exception {
        return flinkRun(List.of(), words);
    }

    private Command flinkRun(List<String> options, String... words) throws Exception {
        Path settings = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(settings.resolve("config.yaml"), "rest.bind-port: 0\n");
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx1g",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                flinksClassPath(),
                "org.apache.flink.client.cli.CliFrontend",
                "run",
                "-t",
                "local"));
        command.addAll(options);
        command.addAll(List.of(words));
        command.addAll(List.of("--config", folder.resolve("freshet.yaml").toString()));
        return Command.start(folder, Map.of("FLINK_CONF_DIR", settings.toString()), command);
    }

    /** Without Freshet, and without what it brings along in the job jar. */
    private static String flinksClassPath() throws Exception {
        try (Stream<Path> jars =
                Files.list(Path.of("../flink-jobs/cli/target/lib").toRealPath())) {
            return jars.filter(jar -> OURS.stream()
                            .noneMatch(requireNonNull(jar.getFileName()).toString()::startsWith))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    /** As {@code jar uf} does with the files of the other jar. */
    private static void addAll(Path from, Path to) throws Exception {
        try (FileSystem source = jar(from);
                FileSystem target = jar(to);
                Stream<Path> files = Files.walk(source.getPath("/"))) {
            for (Path file : files.toList()) {
                Path copy = target.getPath(file.toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (Files.notExists(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
    }

    private static FileSystem jar(Path file) throws Exception {
        return FileSystems.newFileSystem(URI.create("jar:" + file.toUri()), Map.of());
    }
}
