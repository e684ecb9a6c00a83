/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the way of reading events that were written with one schema as events of another, by the rules of <a
 * href="https://avro.apache.org/docs/1.12.0/specification/#schema-resolution">Avro's schema resolution</a>. Two things are
 * held more strictly than Avro's own code holds them, which would read on and give wrong values: records must agree in
 * name, by alias or without namespace, and a time or a decimal is not taken for one of another unit or scale.
 */
public final class SchemaDifferences {

    private static final int SHOWN = 3;

    private final Schema reader;
    private final List<String> ofAll = new ArrayList<>();
    private final List<String> ofSome = new ArrayList<>();
    private final Set<Resolver.Action> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private SchemaDifferences(Schema reader) {
        this.reader = reader;
    }

    /**
     * Compares two schemas.
     *
     * @param writer what events were written with
     * @param reader what they are read as
     */
    public static SchemaDifferences between(Schema writer, Schema reader) {
        SchemaDifferences differences = new SchemaDifferences(reader);
        differences.visit(Resolver.resolve(writer, reader, new GenericData()), "", false);
        return differences;
    }

    /** Why no event can be read, by the names of fields; empty where some or all can be. */
    public Optional<String> ofAllEvents() {
        return joined(ofAll);
    }

    /** Why events with some values cannot be read though others can, by the names of fields; empty where there are none. */
    public Optional<String> ofSomeEvents() {
        return joined(ofSome);
    }

    private static Optional<String> joined(List<String> found) {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String more = found.size() > SHOWN ? "; and " + (found.size() - SHOWN) + " more" : "";
        return Optional.of(found.stream().limit(SHOWN).collect(Collectors.joining("; ")) + more);
    }

    private void visit(Resolver.Action action, String path, boolean isBranch) {
        if (action instanceof Resolver.ErrorAction error) {
            (isBranch ? ofSome : ofAll).addAll(errors(error, path));
        } else if (action instanceof Resolver.RecordAdjust fields) {
            fields(fields, path, isBranch);
        } else if (action instanceof Resolver.Container container) {
            visit(container.elementAction, path + "[]", isBranch);
        } else if (action instanceof Resolver.WriterUnion union) {
            for (Resolver.Action branch : union.actions) {
                visit(branch, path, true);
            }
        } else if (action instanceof Resolver.ReaderUnion union) {
            visit(union.actualAction, path, isBranch);
        } else if (action instanceof Resolver.EnumAdjust symbols) {
            symbols(symbols, path);
        } else if (!(action instanceof Resolver.Skip)) {
            units(action.writer, action.reader, path);
        }
    }

    private void fields(Resolver.RecordAdjust action, String path, boolean isBranch) {
        if (!seen.add(action)) {
            return;
        }
        // Avro has put the reader's name in the place of an alias; it reads records of any other name as well.
        if (!action.writer.getName().equals(action.reader.getName())) {
            ofAll.add(place(path) + " was written as record '" + action.writer.getFullName() + "' and is read as '"
                    + action.reader.getFullName() + "' (which may have the other as an alias)");
            return;
        }
        List<Schema.Field> written = action.writer.getFields();
        for (int i = 0; i < written.size(); i++) {
            visit(action.fieldActions[i], within(path, written.get(i).name()), isBranch);
        }
    }

    private List<String> errors(Resolver.ErrorAction error, String path) {
        if (error.error == Resolver.ErrorAction.ErrorType.MISSING_REQUIRED_FIELD) {
            return error.reader.getFields().stream()
                    .filter(field -> !field.hasDefaultValue() && error.writer.getField(field.name()) == null)
                    .map(field -> "field '" + within(path, field.name())
                            + "' was not written and has no default in the schema that reads it")
                    .toList();
        }
        return List.of(place(path) + " was written as " + type(error.writer) + " and is read as " + type(error.reader));
    }

    private void symbols(Resolver.EnumAdjust action, String path) {
        List<String> written = action.writer.getEnumSymbols();
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            if (action.adjustments[i] < 0) {
                unknown.add(written.get(i));
            }
        }
        if (!unknown.isEmpty()) {
            ofSome.add(place(path) + " may be " + String.join(" or ", unknown)
                    + ", which the enum that reads it neither has nor has a default for");
        }
    }

    /** A time or a decimal keeps its unit or scale: Avro hands over the bare number whatever it counts. */
    private void units(Schema writer, Schema reader, String path) {
        LogicalType written = writer.getLogicalType();
        LogicalType read = reader.getLogicalType();
        boolean isDecimalText = read instanceof LogicalTypes.Decimal && writer.getType() == Schema.Type.STRING;
        if (isDecimalText || written != null && read != null && !fits(written, read)) {
            ofAll.add(place(path) + " was written as " + type(writer) + " and is read as " + type(reader));
        }
    }

    private static boolean fits(LogicalType written, LogicalType read) {
        if (written instanceof LogicalTypes.Decimal from && read instanceof LogicalTypes.Decimal to) {
            return from.getScale() == to.getScale() && from.getPrecision() <= to.getPrecision();
        }
        return written.getName().equals(read.getName());
    }

    private String place(String path) {
        return path.isEmpty() ? "the event of '" + reader.getFullName() + "'" : "field '" + path + "'";
    }

    private static String within(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static String type(Schema schema) {
        @Nullable LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return "decimal(" + decimal.getPrecision() + ", " + decimal.getScale() + ")";
        }
        if (logical != null) {
            return logical.getName();
        }
        return switch (schema.getType()) {
            case RECORD, ENUM -> schema.getType().getName() + " '" + schema.getFullName() + "'";
            case FIXED -> "fixed '" + schema.getFullName() + "' of " + schema.getFixedSize() + " bytes";
            case UNION ->
                schema.getTypes().stream().map(SchemaDifferences::type).collect(Collectors.joining(" or "));
            default -> schema.getType().getName();
        };
    }
}
