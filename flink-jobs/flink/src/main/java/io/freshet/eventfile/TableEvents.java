/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.eventfile;

import io.freshet.event.BadEventException;
import io.freshet.event.DeadLetterReason;
import io.freshet.event.JsonValues;
import io.freshet.event.RecordReader;
import io.freshet.table.BadRowException;
import io.freshet.table.CellType;
import io.freshet.table.TableReader;
import io.freshet.table.TableSchema;
import io.freshet.table.Tables;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The events of a Parquet, JSON lines or CSV file: a column per field, lists and objects of text formats in JSON. A null
 * is as a field that is missing, which a table cannot tell apart: it takes the schema's default.
 */
final class TableEvents implements EventReader {

    private final TableReader rows;
    private final List<TableSchema.Column> columns;
    private final RecordReader events;
    private final Schema schema;
    private final Map<String, Schema> fields = new LinkedHashMap<>();
    private final Map<String, String> constants = new LinkedHashMap<>();

    private TableEvents(TableReader rows, Schema schema, Map<String, String> constants) {
        this.rows = rows;
        this.schema = schema;
        this.columns = rows.schema().columns();
        this.events = new RecordReader(schema);
        for (Schema.Field field : schema.getFields()) {
            fields.put(field.name(), field.schema());
            field.aliases().forEach(alias -> fields.putIfAbsent(alias, field.schema()));
        }
        constants.forEach((name, text) -> {
            if (rows.schema().indexOf(name) < 0) {
                this.constants.put(name, text);
            }
        });
    }

    static TableEvents open(Path file, Schema schema, Map<String, String> constants) throws IOException {
        return new TableEvents(Tables.open(file), schema, constants);
    }

    @Override
    public long row() {
        return rows.line();
    }

    @Override
    public List<String> lacking() {
        return schema.getFields().stream()
                .filter(field -> !field.hasDefaultValue() && !field.schema().isNullable())
                .filter(field -> Stream.concat(Stream.of(field.name()), field.aliases().stream())
                        .noneMatch(name -> rows.schema().indexOf(name) >= 0 || constants.containsKey(name)))
                .map(Schema.Field::name)
                .toList();
    }

    @Override
    public @Nullable GenericRecord next() throws IOException, BadEventException {
        @Nullable Object @Nullable [] cells = cells();
        if (cells == null) {
            return null;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>(constants);
        for (int i = 0; i < cells.length; i++) {
            TableSchema.Column column = columns.get(i);
            Schema field = fields.get(column.name());
            Object cell = cells[i];
            if (field != null && cell != null) {
                values.put(column.name(), plain(cell, column.type(), field));
            }
        }
        return events.read(values);
    }

    private @Nullable Object @Nullable [] cells() throws IOException, BadEventException {
        try {
            return rows.next();
        } catch (BadRowException e) {
            throw new BadEventException(DeadLetterReason.UNDECODABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable Object plain(Object cell, CellType type, Schema field) {
        return type.kind() == CellType.Kind.STRING && isNested(field)
                ? JsonValues.parse((String) cell)
                : plain(cell, type);
    }

    /** The cell as loose data: moments as text, which says its unit. */
    private static Object plain(Object cell, CellType type) {
        return switch (type.kind()) {
            case DATE -> LocalDate.ofEpochDay((Integer) cell).toString();
            case TIMESTAMP_MILLIS -> moment(cell, ChronoUnit.MILLIS).toString();
            case TIMESTAMP_MICROS -> moment(cell, ChronoUnit.MICROS).toString();
            case TIMESTAMP_NANOS -> moment(cell, ChronoUnit.NANOS).toString();
            case LOCAL_MILLIS -> local(cell, ChronoUnit.MILLIS);
            case LOCAL_MICROS -> local(cell, ChronoUnit.MICROS);
            case LOCAL_NANOS -> local(cell, ChronoUnit.NANOS);
            case LIST -> {
                List<@Nullable Object> elements = new ArrayList<>();
                ((List<?>) cell)
                        .forEach(element -> elements.add(element == null ? null : plain(element, type.element())));
                yield elements;
            }
            case MAP -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                ((Map<?, ?>) cell)
                        .forEach((key, value) ->
                                entries.put(String.valueOf(key), value == null ? null : plain(value, type.element())));
                yield entries;
            }
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE, DECIMAL, STRING, BYTES -> cell;
        };
    }

    private static Instant moment(Object cell, ChronoUnit unit) {
        return Instant.EPOCH.plus((Long) cell, unit);
    }

    private static String local(Object cell, ChronoUnit unit) {
        return LocalDateTime.ofInstant(moment(cell, unit), ZoneOffset.UTC).toString();
    }

    private static boolean isNested(Schema field) {
        if (field.isUnion()) {
            return field.getTypes().stream().anyMatch(TableEvents::isNested);
        }
        return field.getType() == Schema.Type.RECORD
                || field.getType() == Schema.Type.ARRAY
                || field.getType() == Schema.Type.MAP;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
