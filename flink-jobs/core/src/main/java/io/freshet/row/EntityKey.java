/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.ViewPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * An entity key as text and as values. A key of one field is its text as it is; of several, each part has
 * {@code \} written {@code \\} and {@code |} written {@code \|}, and {@code |} stands between the parts: different
 * values never give the same text.
 */
public final class EntityKey {

    private static final char SEPARATOR = '|';
    private static final char ESCAPE = '\\';

    private EntityKey() {}

    /**
     * The text of a key.
     *
     * @param values one per field of the key, in order, none null, in the form that ValueType names
     */
    public static String format(List<?> values) {
        if (values.size() == 1) {
            return ValueText.format(values.get(0));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                text.append(SEPARATOR);
            }
            escape(ValueText.format(values.get(i)), text);
        }
        return text.toString();
    }

    /**
     * The values of a key.
     *
     * @param text what {@link #format} gave
     * @param fields the fields of the key, in order
     * @throws IllegalArgumentException if the text is no key of these fields
     */
    public static List<Object> parse(String text, List<ViewPlan.Field> fields) {
        List<String> parts = fields.size() == 1 ? List.of(text) : split(text);
        if (parts.size() != fields.size()) {
            throw new IllegalArgumentException("Cannot read the entity key '" + text + "': found " + parts.size()
                    + " parts, expected " + fields.size() + " (" + names(fields) + ")");
        }
        List<Object> values = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            values.add(ValueText.parse(parts.get(i), fields.get(i).type()));
        }
        return values;
    }

    private static void escape(String part, StringBuilder text) {
        for (int i = 0; i < part.length(); i++) {
            char letter = part.charAt(i);
            if (letter == SEPARATOR || letter == ESCAPE) {
                text.append(ESCAPE);
            }
            text.append(letter);
        }
    }

    private static List<String> split(String text) {
        return text.indexOf(ESCAPE) < 0 ? splitPlain(text) : splitEscaped(text);
    }

    private static List<String> splitPlain(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int to = text.indexOf(SEPARATOR); to >= 0; to = text.indexOf(SEPARATOR, from)) {
            parts.add(text.substring(from, to));
            from = to + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static List<String> splitEscaped(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (escaped || (letter != SEPARATOR && letter != ESCAPE)) {
                part.append(letter);
                escaped = false;
            } else if (letter == ESCAPE) {
                escaped = true;
            } else {
                parts.add(part.toString());
                part.setLength(0);
            }
        }
        if (escaped) {
            throw new IllegalArgumentException("Cannot read the entity key '" + text + "': it ends within an escape");
        }
        parts.add(part.toString());
        return parts;
    }

    private static String names(List<ViewPlan.Field> fields) {
        return String.join(", ", fields.stream().map(ViewPlan.Field::name).toList());
    }
}
