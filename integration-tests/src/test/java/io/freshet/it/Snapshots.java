/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.event.EventSelector;
import io.freshet.event.RecordReader;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.oracle.LoadedRows;
import io.freshet.table.CellType;
import io.freshet.table.TableFormat;
import io.freshet.table.TableSchema;
import io.freshet.table.TableWriter;
import io.freshet.table.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** What a warehouse knows of the most active users of the demo's day, some times a day: files, and a view over them. */
final class Snapshots {

    static final int USERS = 40;

    private static final String SCHEMA = """
            {"type": "record", "name": "UserSnapshot", "fields": [
              {"name": "user", "type": "string"},
              {"name": "date", "type": {"type": "int", "logicalType": "date"}},
              {"name": "taken_at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "edits", "type": "long"},
              {"name": "loaded_at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}],
               "default": null}
            ]}""";

    private static final TableSchema COLUMNS = new TableSchema(List.of(
            new TableSchema.Column("user", CellType.STRING),
            new TableSchema.Column("taken_at", CellType.TIMESTAMP_MILLIS),
            new TableSchema.Column("edits", CellType.LONG),
            new TableSchema.Column("loaded_at", CellType.TIMESTAMP_MILLIS)));

    /** One user at one time. */
    record Snapshot(String user, long takenAt, long edits, long loadedAt) {}

    /** A file, the load it came with, and what is in it. */
    record Loaded(String name, int load, long loadedAtMillis, List<Snapshot> rows) {}

    private Snapshots() {}

    static ViewText view(String available, int version) throws Exception {
        return view(available, version, "");
    }

    /**
     * A view over the files.
     *
     * @param more further features in YAML
     */
    static ViewText view(String available, int version, String more) throws Exception {
        String yaml = """
                view: user_profile
                version: %d
                source:
                  files: warehouse/users/date=*/*
                  schema: UserSnapshot
                  event_time: taken_at
                  available: %s
                entity: [user]
                windows: [12h, lifetime]
                features:
                  snapshots: {count: "*"}
                  edits: {last: edits}
                  edits_least: {min: edits, windows: [12h]}
                  %s
                derived:
                  growth: "edits_12h - edits_least_12h"
                """.formatted(version, available, more);
        return ViewText.of("user_profile.yaml", yaml, new Schemas(Map.of("UserSnapshot", SCHEMA)));
    }

    /** The edits of the most active users, by user, in order of time. */
    static Map<String, List<Day.Edit>> mostActive() throws Exception {
        List<Day.Edit> day = Day.lines().stream().map(Day::edit).toList();
        Map<String, List<Day.Edit>> byUser = new TreeMap<>(Day.by(day, Day.Edit::user));
        List<String> users = byUser.keySet().stream()
                .sorted(Comparator.comparingInt(user -> -byUser.get(user).size()))
                .limit(USERS)
                .toList();
        byUser.keySet().retainAll(users);
        return byUser;
    }

    /** What was known at a time of the day, of the users that had edited by then. */
    static List<Snapshot> at(Map<String, List<Day.Edit>> users, String time, long loadedAt) {
        long millis = Instant.parse("2015-09-12T" + time + ":00Z").toEpochMilli();
        List<Snapshot> rows = new ArrayList<>();
        users.forEach((user, edits) -> {
            long sofar = edits.stream().filter(edit -> edit.time() <= millis).count();
            if (sofar > 0) {
                rows.add(new Snapshot(user, millis, sofar, loadedAt));
            }
        });
        return rows;
    }

    /** Writes a file below a folder, in the format its name tells. */
    static void write(Path folder, String name, List<Snapshot> rows) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        TableFormat format = TableFormat.of(name).orElseThrow();
        try (TableWriter writer = Tables.create(new org.apache.flink.core.fs.Path(file.toUri()), format, COLUMNS)) {
            for (Snapshot row : rows) {
                writer.write(new Object[] {row.user(), row.takenAt(), row.edits(), row.loadedAt()});
            }
        }
    }

    /** The rows that must be of these files. */
    static List<LoadedRows.Row> owed(ViewText view, List<Loaded> files, boolean toTheMinute) throws Exception {
        return LoadedRows.of(view.plan().windowed(), known(view, files), toTheMinute ? 60_000 : 1);
    }

    private static List<LoadedRows.Known> known(ViewText view, List<Loaded> files) throws Exception {
        Schema schema = view.plan().sources().get(0).schema();
        EventSelector selector = new EventSelector(view.plan(), 0, ViewMetrics.NONE);
        RecordReader reader = new RecordReader(schema);
        List<LoadedRows.Known> known = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            Loaded loaded = files.get(file);
            for (int i = 0; i < loaded.rows().size(); i++) {
                Snapshot row = loaded.rows().get(i);
                Map<String, Object> values = new HashMap<>(Map.of(
                        "user", row.user(), "date", "2015-09-12", "taken_at", row.takenAt(), "edits", row.edits()));
                SelectedEvent event =
                        selector.select(reader.read(values), file, i, 0, null).orElseThrow();
                long available = loaded.loadedAtMillis() > 0 ? loaded.loadedAtMillis() : row.loadedAt();
                known.add(new LoadedRows.Known(event, loaded.load(), available));
            }
        }
        return known;
    }
}
