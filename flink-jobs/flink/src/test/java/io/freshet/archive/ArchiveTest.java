/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.table.CellType;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSchema;
import io.freshet.table.TableSchema.Column;
import io.freshet.table.TableWriter;
import io.freshet.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts in the folder of an archive, whenever a run ends in it. */
class ArchiveTest {

    private static final LocalDate DAY = LocalDate.parse("2026-01-31");
    private static final List<Column> COLUMNS =
            List.of(new Column("_as_of", CellType.TIMESTAMP_MILLIS), new Column("n", CellType.LONG));

    @TempDir
    private java.nio.file.Path directory;

    private java.nio.file.Path root;
    private Archive archive;

    @BeforeEach
    void open() throws IOException {
        root = directory.resolve("view=v");
        archive = Archive.of(new Path(directory.toUri()), "v");
    }

    /** Stages a file of rows that count up from a number. */
    private ArchiveFile stage(String run, long generation, LocalDate date, List<Column> columns, int rows, long from)
            throws IOException {
        String name = Archive.fileName(date, generation, run, "0-0-0");
        Path staged = archive.staged(run, name);
        try (TableWriter out = Tables.create(staged, TableFormat.PARQUET, new TableSchema(columns))) {
            for (int i = 0; i < rows; i++) {
                Object[] row = new Object[columns.size()];
                for (int j = 0; j < row.length; j++) {
                    row[j] = columns.get(j).type() == CellType.STRING ? "s" + (from + i) : (Object) (from + i);
                }
                out.write(row);
            }
        }
        return new ArchiveFile(
                name,
                date,
                rows,
                archive.length(staged),
                from,
                from + rows - 1,
                Map.of(0, new OffsetRange(from, from + rows)));
    }

    private Manifest manifest(long generation, String run, List<Column> columns, List<ArchiveFile> files) {
        return new Manifest(
                Manifest.FORMAT,
                "ns",
                "v",
                "ns.v.history",
                "id",
                generation,
                run,
                columns.stream()
                        .map(column -> new Manifest.NamedType(
                                column.name(), column.type().toString()))
                        .toList(),
                Map.of(0, 100L * generation),
                files.stream().map(Manifest.Entry::of).toList());
    }

    private ArchiveReader reader() throws IOException {
        return ArchiveReader.open(new Path(directory.toUri()), "v");
    }

    private List<Object> values(String column) throws IOException {
        List<Object> values = new ArrayList<>();
        ArchiveReader reader = reader();
        for (ArchiveFile file : reader.files()) {
            try (TableReader rows = reader.open(file, ReadOptions.columns(column))) {
                for (Object[] row = rows.next(); row != null; row = rows.next()) {
                    values.add(row[0]);
                }
            }
        }
        return values;
    }

    private List<String> parquetFiles() throws IOException {
        try (Stream<java.nio.file.Path> files = Files.walk(root)) {
            return files.map(java.nio.file.Path::toString)
                    .filter(name -> name.endsWith(".parquet"))
                    .toList();
        }
    }

    @Test
    void nothingIsSeenBeforeTheCommit() throws IOException {
        ArchiveFile file = stage("aaaaaaaa", 1, DAY, COLUMNS, 3, 0);
        assertThat(parquetFiles()).isEmpty();
        assertThatThrownBy(this::reader)
                .isInstanceOf(ArchiveException.class)
                .hasMessage("Cannot read the archive '" + archive.root()
                        + "': nothing was archived there; 'freshet archive v' does it");
        archive.commit(manifest(1, "aaaaaaaa", COLUMNS, List.of(file)));
        assertThat(parquetFiles()).hasSize(1);
        assertThat(values("n")).containsExactly(0L, 1L, 2L);
        assertThat(root.resolve("_staging/aaaaaaaa")).doesNotExist();
        ArchiveReader reader = reader();
        assertThat(reader.files()).containsExactly(file);
        assertThat(reader.files(DAY.plusDays(1), DAY.plusDays(2))).isEmpty();
        assertThat(reader.files(DAY, DAY)).hasSize(1);
        assertThat(reader.rows()).isEqualTo(3);
        assertThat(reader.nextOffsets()).containsExactly(Map.entry(0, 100L));
        assertThat(reader.schema().columns()).isEqualTo(COLUMNS);
    }

    @Test
    void aRunThatEndsBetweenRenamingAndManifestDoesNotCount() throws IOException {
        ArchiveFile first = stage("aaaaaaaa", 1, DAY, COLUMNS, 3, 0);
        archive.commit(manifest(1, "aaaaaaaa", COLUMNS, List.of(first)));
        ArchiveFile second = stage("bbbbbbbb", 2, DAY, COLUMNS, 3, 3);
        Files.createDirectory(root.resolve("_manifest.new.json")); // the new manifest cannot be written
        assertThatThrownBy(() -> archive.commit(manifest(2, "bbbbbbbb", COLUMNS, List.of(first, second))))
                .isInstanceOf(IOException.class);
        assertThat(parquetFiles()).hasSize(2);
        assertThat(values("n")).containsExactly(0L, 1L, 2L);

        java.nio.file.Path foreign = Files.writeString(root.resolve("date=2026-01-31/notes.parquet"), "not ours");
        stage("cccccccc", 2, DAY, COLUMNS, 1, 0);
        archive.removeLeftovers(archive.manifest());
        assertThat(parquetFiles()).hasSize(2).contains(foreign.toString());
        assertThat(root.resolve("_staging")).doesNotExist();
        ArchiveFile again = stage("dddddddd", 2, DAY, COLUMNS, 3, 3);
        archive.commit(manifest(2, "dddddddd", COLUMNS, List.of(first, again)));
        assertThat(values("n")).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void whereAFileSystemCannotReplaceTheNewManifestCountsOnceTheOldOneIsGone() throws IOException {
        ArchiveFile first = stage("aaaaaaaa", 1, DAY, COLUMNS, 3, 0);
        Manifest one = manifest(1, "aaaaaaaa", COLUMNS, List.of(first));
        archive.commit(one);
        Files.writeString(
                root.resolve("_manifest.new.json"),
                one.next("bbbbbbbb", one.files()).text());
        assertThat(archive.manifest().orElseThrow().generation()).isEqualTo(1);
        Files.delete(root.resolve("_manifest.json"));
        Optional<Manifest> two = archive.manifest();
        assertThat(two.orElseThrow().generation()).isEqualTo(2);
        archive.removeLeftovers(two);
        assertThat(root.resolve("_manifest.json")).exists();
        assertThat(root.resolve("_manifest.new.json")).doesNotExist();
        assertThat(archive.manifest()).isEqualTo(two);
    }

    /** As on HDFS: a file that is there is not replaced. */
    private static final class Remote extends LocalFileSystem {
        @Override
        public boolean isDistributedFS() {
            return true;
        }

        @Override
        public boolean rename(Path from, Path to) throws IOException {
            return !exists(to) && super.rename(from, to);
        }
    }

    @Test
    void aFileSystemThatDoesNotReplaceFilesWillDo() throws IOException {
        archive = Archive.at(archive.root(), new Remote());
        ArchiveFile first = stage("aaaaaaaa", 1, DAY, COLUMNS, 3, 0);
        archive.commit(manifest(1, "aaaaaaaa", COLUMNS, List.of(first)));
        ArchiveFile second = stage("bbbbbbbb", 2, DAY, COLUMNS, 3, 3);
        archive.commit(manifest(2, "bbbbbbbb", COLUMNS, List.of(first, second)));
        assertThat(values("n")).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(root.resolve("_manifest.new.json")).doesNotExist();
    }

    @Test
    void theFirstManifestCutOffCountsAsNone() throws IOException {
        Files.createDirectories(root);
        Files.writeString(root.resolve("_manifest.new.json"), "{\"format\" : 1,");
        assertThat(archive.manifest()).isEmpty();
        archive.removeLeftovers(Optional.empty());
        assertThat(root.resolve("_manifest.new.json")).doesNotExist();
    }

    @Test
    void ofTwoRunsAtOnceOneCommits() throws IOException {
        ArchiveFile one = stage("aaaaaaaa", 1, DAY, COLUMNS, 3, 0);
        ArchiveFile other = stage("bbbbbbbb", 1, DAY, COLUMNS, 3, 0);
        Manifest committed = manifest(1, "aaaaaaaa", COLUMNS, List.of(one));
        archive.commit(committed);
        assertThatThrownBy(() -> archive.commit(manifest(1, "bbbbbbbb", COLUMNS, List.of(other))))
                .isInstanceOf(ArchiveException.class)
                .hasMessageEndingWith("another run has, since this one began; run it again");
        archive.commit(committed); // as a task does that is repeated
        assertThat(values("n")).containsExactly(0L, 1L, 2L);
    }

    @Test
    void manyFilesOfADayBecomeOneWithTheSameRows() throws IOException {
        List<Column> wider = List.of(COLUMNS.get(0), new Column("s", CellType.STRING), COLUMNS.get(1));
        List<ArchiveFile> files = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            String run = "aaaaaaa" + i;
            files.add(stage(run, i + 1, DAY, i < 5 ? COLUMNS : wider, 10, 10L * i));
            if (i == 8) {
                String other = Archive.fileName(DAY.plusDays(1), 9, run, "1-0-0");
                Path staged = archive.staged(run, other);
                try (TableWriter out = Tables.create(staged, TableFormat.PARQUET, new TableSchema(COLUMNS))) {
                    out.write(new Object[] {90L, 90L});
                }
                files.add(new ArchiveFile(other, DAY.plusDays(1), 1, archive.length(staged), 90, 90, Map.of()));
            }
            archive.commit(manifest(i + 1, run, wider, files));
        }
        List<Object> before = values("n");
        assertThat(before).hasSize(91);
        assertThat(values("s").subList(0, 50)).containsOnlyNulls();
        assertThat(values("s").subList(50, 90)).doesNotContainNull();

        assertThat(new Compaction(archive).run(9)).isZero();
        assertThat(new Compaction(archive).run(8)).isEqualTo(1);

        assertThat(parquetFiles()).hasSize(2);
        assertThat(values("n")).isEqualTo(before);
        ArchiveFile one = reader().files().get(0);
        assertThat(one.rows()).isEqualTo(90);
        assertThat(one.minAsOfMillis()).isZero();
        assertThat(one.maxAsOfMillis()).isEqualTo(89);
        assertThat(one.offsets()).containsExactly(Map.entry(0, new OffsetRange(0, 90)));
        assertThat(new Compaction(archive).run(1)).isZero();
    }

    @Test
    void aColumnThatIsNotThereIsToldAndOneThatWasAddedLaterIsNull() throws IOException {
        ArchiveFile file = stage("aaaaaaaa", 1, DAY, COLUMNS, 2, 0);
        List<Column> wider = List.of(COLUMNS.get(0), COLUMNS.get(1), new Column("s", CellType.STRING));
        archive.commit(manifest(1, "aaaaaaaa", wider, List.of(file)));
        assertThat(values("s")).containsExactly(null, null);
        assertThatThrownBy(() -> values("t"))
                .isInstanceOf(TableException.class)
                .hasMessageEndingWith("the archive has no column 't'");
        Files.delete(root.resolve(file.name()));
        assertThatThrownBy(() -> values("n"))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void aColumnThatAFileDoesNotHaveCountsAsWarmingInItsRows() throws IOException {
        Column warming = new Column("_warming", CellType.list(CellType.STRING));
        List<Column> before = List.of(COLUMNS.get(0), warming);
        String name = Archive.fileName(DAY, 1, "aaaaaaaa", "0-0-0");
        Path staged = archive.staged("aaaaaaaa", name);
        try (TableWriter out = Tables.create(staged, TableFormat.PARQUET, new TableSchema(before))) {
            out.write(new Object[] {1L, List.of()});
            out.write(new Object[] {2L, List.of("m")});
        }
        ArchiveFile file = new ArchiveFile(name, DAY, 2, archive.length(staged), 1, 2, Map.of());
        List<Column> wider = List.of(COLUMNS.get(0), warming, COLUMNS.get(1));
        archive.commit(manifest(1, "aaaaaaaa", wider, List.of(file)));

        try (TableReader rows = reader().open(file, ReadOptions.columns("n", "_warming"))) {
            assertThat(rows.next()).containsExactly(null, List.of("n"));
            assertThat(rows.next()).containsExactly(null, List.of("m", "n"));
            assertThat(rows.next()).isNull();
        }
        assertThat(values("_warming")).containsExactly(List.of(), List.of("m"));
    }

    @Test
    void aFolderThatCannotBeWrittenIsTold() throws IOException {
        Files.writeString(directory.resolve("plain"), "a file");
        Archive blocked = Archive.of(new Path(directory.resolve("plain").toUri()), "v");
        assertThatThrownBy(() -> blocked.makeWritable("aaaaaaaa"))
                .isInstanceOf(ArchiveException.class)
                .hasMessageStartingWith("Cannot write to the archive '" + blocked.root() + "': ");
    }

    @Test
    void aManifestThatIsNoneIsTold() throws IOException {
        Files.createDirectories(root);
        Files.writeString(root.resolve("_manifest.json"), "{}x");
        assertThatThrownBy(archive::manifest)
                .isInstanceOf(ArchiveException.class)
                .hasMessageStartingWith("Cannot read the archive '" + archive.root() + "': ");
        Files.writeString(
                root.resolve("_manifest.json"),
                manifest(1, "a", COLUMNS, List.of()).text().replace("\"format\" : 1", "\"format\" : 7"));
        assertThatThrownBy(archive::manifest)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("it is of form 7, expected 1");
    }

    @Test
    void aRunGoesOnOnlyWithAnArchiveOfTheSameHistoryAndTypes() throws IOException {
        Manifest last = manifest(1, "aaaaaaaa", COLUMNS, List.of());
        Path at = archive.root();
        ArchiveChecks.sameHistory(at, last, "ns", "v", "id");
        assertThatThrownBy(() -> ArchiveChecks.sameHistory(at, last, "other", "v", "id"))
                .hasMessage("Cannot archive view 'v' of namespace 'other' in '" + at
                        + "': it holds view 'v' of namespace 'ns'; choose another folder");
        assertThatThrownBy(() -> ArchiveChecks.sameHistory(at, last, "ns", "v", "new"))
                .hasMessageContaining("topic 'ns.v.history' was deleted and made anew since the last run");
        List<Manifest.NamedType> changed = List.of(new Manifest.NamedType("n", "double"));
        assertThatThrownBy(() -> ArchiveChecks.columns(at, last.columns(), changed))
                .isInstanceOf(ArchiveException.class)
                .hasMessage(
                        "Cannot go on with the archive '" + at + "': its column 'n' is long, the view's is double; give"
                                + " the feature another name, or choose another folder");
        List<Manifest.NamedType> more =
                List.of(new Manifest.NamedType("m", "long"), last.columns().get(1));
        assertThat(ArchiveChecks.columns(at, last.columns(), more))
                .extracting(Manifest.NamedType::name)
                .containsExactly("m", "n", "_as_of");
    }
}
