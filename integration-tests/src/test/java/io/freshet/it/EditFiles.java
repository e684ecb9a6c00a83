/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import io.freshet.event.RecordReader;
import io.freshet.table.CellType;
import io.freshet.table.TableFormat;
import io.freshet.table.TableSchema;
import io.freshet.table.TableWriter;
import io.freshet.table.Tables;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Writes files of edits. */
final class EditFiles {

    private static final TableSchema COLUMNS = new TableSchema(List.of(
            column("time", CellType.TIMESTAMP_MILLIS),
            column("user", CellType.STRING),
            column("channel", CellType.STRING),
            column("page", CellType.STRING),
            column("namespace", CellType.STRING),
            column("isMinor", CellType.BOOLEAN),
            column("isNew", CellType.BOOLEAN),
            column("isAnonymous", CellType.BOOLEAN),
            column("isUnpatrolled", CellType.BOOLEAN),
            column("isRobot", CellType.BOOLEAN),
            column("delta", CellType.INT),
            column("added", CellType.INT),
            column("deleted", CellType.INT),
            column("aside", CellType.STRING)));

    private EditFiles() {}

    static void write(Edits edits, String format, Path file, List<Map<String, Object>> events) throws Exception {
        if (format.equals("avro")) {
            RecordReader reader = new RecordReader(edits.schema());
            try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
                writer.create(edits.schema(), file.toFile());
                for (Map<String, Object> event : events) {
                    writer.append(reader.read(event));
                }
            }
            return;
        }
        TableFormat table = format.equals("parquet") ? TableFormat.PARQUET : TableFormat.JSON_LINES;
        try (TableWriter writer = Tables.create(new org.apache.flink.core.fs.Path(file.toUri()), table, COLUMNS)) {
            for (Map<String, Object> event : events) {
                writer.write(COLUMNS.names().stream()
                        .map(name -> name.equals("time")
                                ? (Object) Instant.parse((String) event.get("time"))
                                        .toEpochMilli()
                                : event.get(name))
                        .toArray());
            }
        }
    }

    private static TableSchema.Column column(String name, CellType type) {
        return new TableSchema.Column(name, type);
    }
}
