/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.table.CellType;
import io.freshet.table.TableFormat;
import io.freshet.table.TableSchema;
import io.freshet.table.TableWriter;
import io.freshet.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Histories of two views as Parquet archives, and a spine that asks about them: 100,000 entities each, of which a few are
 * busy; rows spread over four days, in order of time as a job writes them.
 */
final class TrainingData {

    static final List<String> VIEWS = List.of("users", "shops");

    private static final String SCHEMA = """
            {"type": "record", "name": "Sale", "fields": [
             {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
             {"name": "user", "type": "string"}, {"name": "shop", "type": "string"},
             {"name": "price", "type": "double"}]}
            """;
    private static final String VIEW = """
            view: %s
            version: 1
            source: {topic: sales, schema: Sale, event_time: time}
            entity: [%s]
            windows: [1h, 1d]
            features:
              sales: {count: "*"}
              spent: {sum: price}
              dearest: {max: price}
            online: {ttl: forever}
            """;

    private static final long START_MILLIS = 1_767_225_600_000L;
    private static final long DAY_MILLIS = 86_400_000;
    private static final int DAYS = 4;
    private static final int ENTITIES = 100_000;
    private static final int FILES_PER_DAY = 2;
    private static final long DELAY_MILLIS = 40;

    private final Path folder;
    private final long rowsPerView;
    private final long spineRows;

    /**
     * Data that is not written yet.
     *
     * @param historyRows rows of both views together
     */
    TrainingData(Path folder, long historyRows) {
        this.folder = folder;
        rowsPerView = historyRows / VIEWS.size();
        spineRows = historyRows / 20;
    }

    long historyRows() {
        return rowsPerView * VIEWS.size();
    }

    long spineRows() {
        return spineRows;
    }

    Path spine() {
        return folder.resolve("spine.parquet");
    }

    /** The folder of archives. */
    Path archives() {
        return folder.resolve("archive");
    }

    static String entity(String view) {
        return view.substring(0, view.length() - 1);
    }

    static ViewText view(String view) throws DefinitionException {
        return ViewText.of(view + ".yaml", VIEW.formatted(view, entity(view)), new Schemas(Map.of("Sale", SCHEMA)));
    }

    static TableSchema spineSchema() {
        return new TableSchema(List.of(
                new TableSchema.Column("user", CellType.STRING),
                new TableSchema.Column("shop", CellType.STRING),
                new TableSchema.Column("timestamp", CellType.TIMESTAMP_MILLIS),
                new TableSchema.Column("label", CellType.BOOLEAN)));
    }

    /** Writes all of it. */
    void write() throws IOException {
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(1);
        try (TableWriter out = Tables.create(path(spine()), TableFormat.PARQUET, spineSchema())) {
            for (long i = 0; i < spineRows; i++) {
                long time = START_MILLIS + random.nextLong(DAYS * DAY_MILLIS);
                out.write(new Object[] {name("user", random), name("shop", random), time, random.nextBoolean()});
            }
        }
        for (String view : VIEWS) {
            writeArchive(view, random);
        }
    }

    private void writeArchive(String view, SplittableRandom random) throws IOException {
        TableSchema schema = archiveSchema(view);
        Path root = archives().resolve("view=" + view);
        List<Map<String, Object>> files = new ArrayList<>();
        int all = DAYS * FILES_PER_DAY;
        long seq = 0;
        for (int i = 0; i < all; i++) {
            LocalDate date = LocalDate.ofEpochDay(START_MILLIS / DAY_MILLIS + i / FILES_PER_DAY);
            String name = "date=" + date + "/part-000001-0-" + i + ".parquet";
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            long rows = rowsPerView / all;
            long from = START_MILLIS + i * DAY_MILLIS / FILES_PER_DAY;
            try (TableWriter out = Tables.create(path(file), TableFormat.PARQUET, schema)) {
                for (long row = 0; row < rows; row++) {
                    long asOf = from + row * (DAY_MILLIS / FILES_PER_DAY) / rows;
                    out.write(row(view, asOf, seq++, random));
                }
            }
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", name);
            entry.put("date", date.toString());
            entry.put("rows", rows);
            entry.put("bytes", Files.size(file));
            entry.put("min_as_of", from);
            entry.put("max_as_of", from + DAY_MILLIS / FILES_PER_DAY);
            entry.put("offsets", Map.of());
            files.add(entry);
        }
        Files.writeString(root.resolve("_manifest.json"), manifest(view, schema, files));
    }

    private static String manifest(String view, TableSchema schema, List<Map<String, Object>> files)
            throws IOException {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("format", 1);
        manifest.put("namespace", "benchmark");
        manifest.put("view", view);
        manifest.put("topic", "benchmark." + view + ".history");
        manifest.put("topic_id", "none");
        manifest.put("generation", 1);
        manifest.put("run", "0");
        manifest.put(
                "columns",
                schema.columns().stream()
                        .map(column -> Map.of(
                                "name", column.name(), "type", column.type().toString()))
                        .toList());
        manifest.put("next_offsets", Map.of());
        manifest.put("files", files);
        return new ObjectMapper().writeValueAsString(manifest);
    }

    private static TableSchema archiveSchema(String view) {
        return new TableSchema(List.of(
                new TableSchema.Column(entity(view), CellType.STRING),
                new TableSchema.Column("_as_of", CellType.TIMESTAMP_MILLIS),
                new TableSchema.Column("_available_at", CellType.TIMESTAMP_MILLIS),
                new TableSchema.Column("_seq", CellType.LONG),
                new TableSchema.Column("_version", CellType.INT),
                new TableSchema.Column("_origin", CellType.STRING),
                new TableSchema.Column("_ingested_at", CellType.TIMESTAMP_MILLIS),
                new TableSchema.Column("_warming", CellType.list(CellType.STRING)),
                new TableSchema.Column("sales_1h", CellType.LONG),
                new TableSchema.Column("sales_1d", CellType.LONG),
                new TableSchema.Column("spent_1h", CellType.DOUBLE),
                new TableSchema.Column("spent_1d", CellType.DOUBLE),
                new TableSchema.Column("dearest_1h", CellType.DOUBLE),
                new TableSchema.Column("dearest_1d", CellType.DOUBLE)));
    }

    private static Object[] row(String view, long asOf, long seq, SplittableRandom random) {
        return new Object[] {
            name(entity(view), random),
            asOf,
            asOf + DELAY_MILLIS,
            seq,
            1,
            "LIVE",
            asOf,
            List.of(),
            random.nextLong(100),
            random.nextLong(2_000),
            random.nextInt(100_000) / 100.0,
            random.nextInt(2_000_000) / 100.0,
            random.nextInt(10_000) / 100.0,
            random.nextInt(20_000) / 100.0
        };
    }

    /** Half of all draws are of a hundredth of the entities. */
    private static String name(String entity, SplittableRandom random) {
        int most = random.nextBoolean() ? ENTITIES : ENTITIES / 100;
        return entity + "-" + random.nextInt(most);
    }

    static org.apache.flink.core.fs.Path path(Path file) {
        return new org.apache.flink.core.fs.Path(file.toUri());
    }
}
