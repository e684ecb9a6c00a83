/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.eventfile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.BadEventException;
import io.freshet.table.CellType;
import io.freshet.table.TableFormat;
import io.freshet.table.TableSchema;
import io.freshet.table.TableWriter;
import io.freshet.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReaderTest {

    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "Payment", "fields": [
              {"name": "card", "type": "string", "aliases": ["card_id"]},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "amount", "type": "double"},
              {"name": "note", "type": ["null", "string"], "default": null},
              {"name": "shop", "type": ["null", {"type": "record", "name": "Shop", "fields": [
                {"name": "name", "type": "string"}, {"name": "open", "type": "boolean"}]}], "default": null},
              {"name": "items", "type": {"type": "array", "items": "long"}, "default": []}
            ]}""");

    @TempDir
    private Path folder;

    private static List<String> read(Path file) throws IOException {
        List<String> events = new ArrayList<>();
        try (EventReader reader = EventReader.open(new org.apache.flink.core.fs.Path(file.toUri()), SCHEMA)) {
            while (true) {
                try {
                    GenericRecord event = reader.next();
                    if (event == null) {
                        return events;
                    }
                    events.add(event.toString());
                } catch (BadEventException e) {
                    events.add(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    @Test
    void jsonLinesHoldRecordsAndListsAndOneThatIsNoEventIsToldAndPassed() throws Exception {
        Path file = Files.writeString(folder.resolve("a.jsonl"), """
                {"card_id": "x", "time": "2026-01-01T00:00:00.5Z", "amount": 1.5, "shop": {"name": "A", "open": true}, "items": [1, 2]}
                {"card": "y", "time": 1000, "amount": 7}
                {"card": "z", "time": "soon", "amount": 7}
                {"card": "w", "time": 2000, "amount": 8, "note": "late"}
                """);
        List<String> events = read(file);
        assertThat(events.get(0))
                .contains("\"card\": \"x\"", "\"amount\": 1.5", "{\"name\": \"A\", \"open\": true}", "[1, 2]");
        assertThat(events.get(1)).contains("\"card\": \"y\"", "\"note\": null", "\"items\": []");
        assertThat(events.get(2)).startsWith("Cannot read field 'time': found 'soon'");
        assertThat(events.get(3)).contains("\"note\": \"late\"");
    }

    @Test
    void parquetKeepsItsUnitsOfTime() throws Exception {
        Path file = folder.resolve("a.parquet");
        TableSchema columns = new TableSchema(List.of(
                new TableSchema.Column("card", CellType.STRING),
                new TableSchema.Column("time", CellType.plain(CellType.Kind.TIMESTAMP_MICROS)),
                new TableSchema.Column("amount", CellType.FLOAT),
                new TableSchema.Column("items", CellType.list(CellType.LONG))));
        try (TableWriter writer =
                Tables.create(new org.apache.flink.core.fs.Path(file.toUri()), TableFormat.PARQUET, columns)) {
            writer.write(new Object[] {"x", 1_500_999L, 2.5f, List.of(3L)});
            writer.write(new Object[] {"y", -1L, 2.5f, List.of()});
        }
        List<String> events = read(file);
        assertThat(events.get(0)).contains("\"time\": 1500", "\"amount\": 2.5", "[3]");
        assertThat(events.get(1)).contains("\"time\": -1");
    }

    @Test
    void avroFilesOfAnEarlierSchemaAreReadByTheViewsOwn() throws Exception {
        Schema earlier = SchemaBuilder.record("Payment")
                .fields()
                .requiredString("card")
                .name("time")
                .type(SCHEMA.getField("time").schema())
                .noDefault()
                .requiredLong("amount")
                .requiredString("gone")
                .endRecord();
        Path file = folder.resolve("a.avro");
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
            writer.create(earlier, file.toFile());
            writer.append(new GenericRecordBuilder(earlier)
                    .set("card", "x")
                    .set("time", 1_000L)
                    .set("amount", 7L)
                    .set("gone", "g")
                    .build());
        }
        assertThat(read(file))
                .singleElement()
                .satisfies(event -> assertThat(event).contains("\"card\": \"x\"", "\"amount\": 7.0", "\"items\": []"));
    }

    @Test
    void aFileThatIsNotWhatItsNameSaysFailsByName() throws Exception {
        for (String name : List.of("b.avro", "b.parquet")) {
            Path file = Files.writeString(folder.resolve(name), "no events at all, whatever the name says");
            assertThatThrownBy(() -> read(file)).isInstanceOf(IOException.class).hasMessageContaining(name);
        }
    }

    @Test
    void patternsFindFilesByNameOnceEach() throws Exception {
        for (String name : List.of("b.avro", "a.avro", "c.parquet", "read.me")) {
            Files.writeString(folder.resolve(name), "");
        }
        assertThat(names(folder + "/*.avro", folder + "/a*")).containsExactly("a.avro", "b.avro");
        assertThat(names(folder.toString())).containsExactly("a.avro", "b.avro", "c.parquet");
        assertThat(names(folder + "/{c,d}.parquet")).containsExactly("c.parquet");
        assertThatThrownBy(() -> names(folder + "/read.me"))
                .isInstanceOf(NoEventFilesException.class)
                .hasMessageContaining("expected one that ends in .avro, .csv");
        assertThatThrownBy(() -> names(folder + "/none/*.avro"))
                .isInstanceOf(NoEventFilesException.class)
                .hasMessageContaining("no file is named by --files");
    }

    private static List<String> names(String... patterns) throws NoEventFilesException {
        return EventFiles.find(List.of(patterns)).stream()
                .map(file -> new org.apache.flink.core.fs.Path(file).getName())
                .toList();
    }

    @Test
    void foldersGiveTheFieldsThatTheFileHasNoColumnFor() throws Exception {
        Path file = folder.resolve("part.csv");
        Files.writeString(file, "card,amount\nc1,2\n");
        Map<String, String> fields = FolderFields.of("payments/time=2026-01-31/card=x/a%3Ab=1/part.csv");
        assertThat(fields).containsEntry("time", "2026-01-31").containsEntry("card", "x");
        try (EventReader reader = EventReader.open(new org.apache.flink.core.fs.Path(file.toUri()), SCHEMA, fields)) {
            GenericRecord event = requireNonNull(reader.next());
            assertThat(event.get("time")).isEqualTo(1_769_817_600_000L);
            assertThat(event.get("card").toString()).isEqualTo("c1");
            assertThat(reader.row()).isEqualTo(2);
            assertThat(reader.lacking()).isEmpty();
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void itTellsWhichFieldsAFileLacks() throws Exception {
        Path file = folder.resolve("part.csv");
        Files.writeString(file, "card_id,note\nc1,2\n");
        try (EventReader reader = EventReader.open(new org.apache.flink.core.fs.Path(file.toUri()), SCHEMA)) {
            assertThat(reader.lacking()).containsExactly("time", "amount");
        }
    }

    @Test
    void aLineThatIsNoObjectAndARowOfOtherWidthAreBadEventsAndThoseBehindThemCanBeRead() throws Exception {
        Path lines = folder.resolve("part.jsonl");
        String good = "{\"card\": \"c\", \"time\": \"2026-01-31\", \"amount\": 1}\n";
        Files.writeString(lines, good + "{\"card\": \n" + "[1]\n" + good);
        Path csv = folder.resolve("part.csv");
        Files.writeString(csv, "card,time,amount\nc,2026-01-31,1\nc,2026-01-31\nc\nc,2026-01-31,1\n");
        for (Path file : List.of(lines, csv)) {
            try (EventReader reader = EventReader.open(new org.apache.flink.core.fs.Path(file.toUri()), SCHEMA)) {
                assertThat(reader.next()).isNotNull();
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(reader::next)
                            .isInstanceOf(BadEventException.class)
                            .hasMessageContaining("line " + reader.row());
                }
                assertThat(reader.next()).isNotNull();
                assertThat(reader.next()).isNull();
            }
        }
    }
}
