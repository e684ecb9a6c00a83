/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** Finds types that fit all cells of text columns; see {@link Tables#inferText}. */
final class TextInference {

    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]*");
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|NaN|-?Infinity");
    private static final Pattern NOT_FINITE = Pattern.compile("NaN|-?Infinity");
    /** Whole numbers of as many digits may be too great for a long. */
    private static final int LONG_DIGITS = 19;

    private boolean longs = true;
    private boolean doubles = true;
    private boolean booleans = true;
    private boolean seen;

    private TextInference() {}

    static TableSchema ofCsv(Path file) throws IOException {
        try (TableReader reader = CsvTableReader.open(file, ReadOptions.ALL)) {
            List<String> names = reader.schema().names();
            Map<String, TextInference> columns = new LinkedHashMap<>();
            names.forEach(name -> columns.put(name, new TextInference()));
            List<TextInference> inOrder = new ArrayList<>(columns.values());
            for (@Nullable Object[] row = reader.next(); row != null; row = reader.next()) {
                for (int i = 0; i < row.length; i++) {
                    inOrder.get(i).see((String) row[i]);
                }
            }
            return schema(columns);
        }
    }

    static TableSchema ofJsonLines(Path file) throws IOException {
        Map<String, TextInference> columns = new LinkedHashMap<>();
        try (JsonLines lines = new JsonLines(file)) {
            while (lines.next((name, text, isString) -> {
                TextInference column = columns.computeIfAbsent(name, key -> new TextInference());
                if (text != null && isString && !NOT_FINITE.matcher(text).matches()) {
                    column.seeString();
                } else {
                    column.see(text);
                }
            })) {
                // Each has been seen.
            }
        }
        if (columns.isEmpty()) {
            throw new TableException(TableFiles.cannotRead(file) + "no line has a field, so nothing names the columns");
        }
        return schema(columns);
    }

    private static TableSchema schema(Map<String, TextInference> columns) {
        List<TableSchema.Column> typed = new ArrayList<>();
        columns.forEach((name, column) -> typed.add(new TableSchema.Column(name, column.type())));
        return new TableSchema(typed);
    }

    private void see(@Nullable String text) {
        if (text == null) {
            return;
        }
        seen = true;
        longs = longs && isLong(text);
        doubles = doubles && isDouble(text);
        booleans = booleans && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"));
    }

    private void seeString() {
        seen = true;
        longs = false;
        doubles = false;
        booleans = false;
    }

    private CellType type() {
        if (!seen) {
            return CellType.STRING;
        }
        if (longs) {
            return CellType.LONG;
        }
        if (doubles) {
            return CellType.DOUBLE;
        }
        return booleans ? CellType.BOOLEAN : CellType.STRING;
    }

    private static boolean isLong(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return false;
        }
        if (text.length() < LONG_DIGITS) {
            return true;
        }
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDouble(String text) {
        return NUMBER.matcher(text).matches() && (!WHOLE.matcher(text).matches() || isLong(text));
    }
}
