/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.eventfile.FileGlob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchFilesTest {

    @TempDir
    private Path folder;

    private static FileGlob.Found file(String name, long bytes) {
        return new FileGlob.Found(name, "/data/" + name, bytes);
    }

    private static LoadLog log(int version, Map<String, LoadLog.Entry> files) {
        return new LoadLog(Optional.of(new LoadLog.Run(200, version, "abc")), files);
    }

    private static List<String> texts(BatchFiles files) {
        return files.files().stream()
                .map(file -> file.number() + " " + file.name() + " load " + file.load() + " at " + file.loadedAtMillis()
                        + (file.isNew() ? " new" : ""))
                .toList();
    }

    @Test
    void filesAreNumberedInTheOrderOfTheirLoads() throws Exception {
        LoadLog log = log(
                1,
                Map.of(
                        "b", new LoadLog.Entry(100, Long.MIN_VALUE, 5, 50),
                        "c", new LoadLog.Entry(200, 100, 5, 60)));
        BatchFiles files =
                BatchFiles.of("v", 1, List.of(file("a", 5), file("b", 5), file("c", 5), file("d", 5)), log, 300);
        assertThat(texts(files))
                .containsExactly(
                        "0 b load 0 at 100", "1 c load 1 at 200", "2 a load 2 at 300 new", "3 d load 2 at 300 new");
        assertThat(files.fresh()).allMatch(file -> file.missedAtMillis() == 200);
        assertThat(files.completeSinceMillis()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aStatedTimeIsBelievedUnlessARunHasLookedSinceAndNotFoundTheFile() {
        BatchFile first = new BatchFile(0, "a", "a", 5, 0, 300, Long.MIN_VALUE, true);
        assertThat(first.available(7)).isEqualTo(7);
        BatchFile later = new BatchFile(0, "a", "a", 5, 1, 300, 200, true);
        assertThat(later.available(201)).isEqualTo(201);
        assertThat(later.available(200)).isEqualTo(300);
        assertThat(later.available(7)).isEqualTo(300);
    }

    @Test
    void aFileThatIsGoneOrChangedIsRefusedUntilTheVersionIsRaised() throws Exception {
        LoadLog log = log(
                1,
                Map.of(
                        "a", new LoadLog.Entry(100, Long.MIN_VALUE, 5, 50),
                        "b", new LoadLog.Entry(200, 100, 5, 60)));
        assertThatThrownBy(() -> BatchFiles.of("v", 1, List.of(file("a", 5)), log, 300))
                .isInstanceOf(BatchException.class)
                .hasMessageContaining("1 file that rows in its history are made of is gone or changed, first 'b'")
                .hasMessageContaining("raise the view's 'version'");
        assertThatThrownBy(() -> BatchFiles.of("v", 1, List.of(file("a", 6), file("b", 5)), log, 300))
                .hasMessageContaining("first 'a'");
        BatchFiles raised = BatchFiles.of("v", 2, List.of(file("a", 6)), log, 300);
        assertThat(texts(raised)).containsExactly("0 a load 0 at 300 new");
        assertThat(raised.completeSinceMillis()).isEqualTo(61);
        // What the next run of that version finds written down.
        LoadLog next = log(
                2,
                Map.of(
                        "a",
                        new LoadLog.Entry(300, 200, 6, 70),
                        "b",
                        requireNonNull(raised.gone().get("b"))));
        BatchFiles again = BatchFiles.of("v", 2, List.of(file("a", 6)), next, 400);
        assertThat(texts(again)).containsExactly("0 a load 0 at 300");
        assertThat(again.completeSinceMillis()).isEqualTo(61);
        BatchFiles back = BatchFiles.of("v", 2, List.of(file("a", 6), file("b", 5)), next, 400);
        assertThat(texts(back)).containsExactly("0 a load 0 at 300", "1 b load 1 at 400 new");
        assertThat(back.completeSinceMillis()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void noFileOrOneOfUnknownFormatIsToldWithItsPattern() throws Exception {
        assertThatThrownBy(() -> BatchFiles.find("v", folder.toString(), "users/date=*/*.csv"))
                .isInstanceOf(BatchException.class)
                .hasMessageContaining("Cannot read the files 'users/date=*/*.csv' of view 'v'")
                .hasMessageContaining(folder.toString())
                .hasMessageEndingWith("no file has such a name");
        Files.writeString(folder.resolve("notes.txt"), "x");
        assertThatThrownBy(() -> BatchFiles.find("v", folder.toString(), "*"))
                .hasMessageContaining("Cannot tell the format of 'notes.txt'");
    }

    @Test
    void patternsGoThroughFoldersAndPassOverWhatIsNoData() throws Exception {
        for (String name : List.of(
                "users/date=1/a.csv",
                "users/date=2/b.csv",
                "users/date=2/_SUCCESS",
                "users/date=2/.b.csv.crc",
                "users/_tmp/c.csv",
                "users/other/deep/d.csv",
                "users/date=2/e.parquet")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "x");
        }
        assertThat(names("users/date=*/*.csv")).containsExactly("users/date=1/a.csv", "users/date=2/b.csv");
        assertThat(names("users/date=2")).containsExactly("users/date=2/b.csv", "users/date=2/e.parquet");
        assertThat(names("users/**/*.{csv,parquet}"))
                .containsExactly(
                        "users/date=1/a.csv", "users/date=2/b.csv", "users/date=2/e.parquet", "users/other/deep/d.csv");
        assertThat(names("./users/date=1/a.csv")).containsExactly("users/date=1/a.csv");
        assertThat(names(folder + "/users/*/a.csv")).containsExactly(folder + "/users/date=1/a.csv");
        assertThat(names(folder.toUri() + "users/*/a.csv")).hasSize(1);
        assertThat(names("users/date=3/*.csv")).isEmpty();
    }

    private List<String> names(String pattern) throws Exception {
        FileGlob.Found[] found = FileGlob.find(folder.toString(), pattern).toArray(FileGlob.Found[]::new);
        return Arrays.stream(found).map(FileGlob.Found::name).toList();
    }
}
