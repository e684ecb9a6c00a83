/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked elsewhere, with nothing but a Java: no Maven, no home, no source tree. */
class DistributionIT {

    private static final String NAME = "freshet-" + System.getProperty("freshet.version");
    private static final Path ARCHIVE = Path.of("target", NAME + ".tar.gz");
    private static final long LIMIT_SECONDS = 120;

    @TempDir
    private static Path folder;

    private static Path home;

    /** What a command wrote and how it ended. */
    private record Ended(int exitCode, String out, String err) {}

    @BeforeAll
    static void unpack() throws Exception {
        assumeFalse(Boolean.getBoolean("freshet.distribution.skip"), "no archive was made: -Ddistribution.skip");
        Path archive = ARCHIVE.toRealPath();
        home = folder.toRealPath().resolve(NAME);
        assertThat(start(folder, List.of("tar", "xzf", archive.toString())).exitCode())
                .isZero();
    }

    private static Ended freshet(Path at, String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/freshet").toString()));
        command.addAll(List.of(words));
        return start(at, command);
    }

    private static Ended start(Path at, List<String> command) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(at.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "HOME",
                        folder.resolve("nobody").toString(),
                        "JAVA_HOME",
                        System.getProperty("java.home")));
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Ended(process.waitFor(), read(out), read(err));
    }

    private static String read(Path file) throws Exception {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    @Test
    void theViewsItBringsAreRight() throws Exception {
        Ended ended = freshet(home, "validate", "demo/views");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("3 of 3 views are right");
    }

    @Test
    void itListsItsFunctionsFromAnyFolderAndThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("freshet"), home.resolve("bin/freshet"));
        Ended ended = start(folder, List.of(link.toString(), "functions"));
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("count_distinct", "decayed_sum");
    }

    @Test
    void theDemoRunsAndEveryValueAgrees() throws Exception {
        Ended ended = freshet(folder, "demo", "--speed", "max", "--json");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        String last = ended.out().lines().reduce((before, line) -> line).orElse("");
        JsonNode summary = new ObjectMapper().readTree(last);
        assertThat(summary.path("events").asLong()).isEqualTo(39_244);
        assertThat(summary.path("mismatches").asLong()).isZero();
    }

    @Test
    void whatItSaysOfItselfIsThere() throws Exception {
        for (String name : List.of(
                "LICENSE",
                "NOTICE",
                "CHANGELOG.md",
                "THIRD-PARTY.txt",
                "job/freshet-job.jar",
                "demo/freshet.yaml",
                "demo/data/META-INF/LICENSE",
                "deploy/README.md",
                "deploy/compose/compose.yaml",
                "deploy/compose/.env.example",
                "deploy/kubernetes/overlays/production/kustomization.yaml",
                "deploy/monitoring/grafana/freshet.json")) {
            assertThat(home.resolve(name)).exists();
        }
        assertThat(home.resolve("bin/freshet").toFile().canExecute()).isTrue();
        assertThat(home.resolve("deploy/compose/.env")).doesNotExist();
        for (String page : List.of("docs/README.md", "docs/deploy/README.md")) {
            Matcher links = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(Files.readString(home.resolve(page)));
            while (links.find()) {
                assertThat(home.resolve(page).resolveSibling(links.group(1)))
                        .as(page)
                        .exists();
            }
        }
    }

    @Test
    void bothArchivesHoldTheSame() throws Exception {
        TreeSet<String> zipped = new TreeSet<>();
        try (ZipFile zip = new ZipFile(Path.of("target", NAME + ".zip").toFile())) {
            zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> zipped.add(entry.getName()));
        }
        TreeSet<String> unpacked = new TreeSet<>();
        try (Stream<Path> files = Files.walk(home)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> unpacked.add(
                            home.resolveSibling("").relativize(file).toString()));
        }
        assertThat(zipped).isEqualTo(unpacked);
    }
}
