/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** The objects of a file of JSON lines, field by field. Blank lines are skipped. */
final class JsonLines implements Closeable {

    /** Takes the fields of an object. */
    @FunctionalInterface
    interface Fields {
        /**
         * A field.
         *
         * @param text what a string says, the number as written, true or false, the JSON of a list or object; null for null
         * @param isString whether it is a JSON string
         */
        void field(String name, @Nullable String text, boolean isString);
    }

    private final Path file;
    private final BufferedReader in;
    private long line;

    JsonLines(Path file) throws IOException {
        this.file = file;
        in = TableFiles.openText(file);
    }

    /**
     * The names of all fields of all objects, in the order in which they first stand: reads the file once, past lines that
     * are no objects.
     */
    static List<String> names(Path file) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        BadRowException broken = null;
        try (JsonLines lines = new JsonLines(file)) {
            boolean isThereMore = true;
            while (isThereMore) {
                try {
                    isThereMore = lines.next((name, text, isString) -> names.add(name));
                } catch (BadRowException e) {
                    broken = broken == null ? e : broken; // whoever reads the rows is told
                }
            }
        }
        if (names.isEmpty()) {
            throw broken != null
                    ? broken
                    : new TableException(
                            TableFiles.cannotRead(file) + "no line has a field, so nothing names the columns");
        }
        return new ArrayList<>(names);
    }

    /**
     * Hands over the fields of the next object; false at the end.
     *
     * @throws BadRowException if the next line is no object
     */
    boolean next(Fields fields) throws IOException {
        String text = nextLine();
        if (text == null) {
            return false;
        }
        try (JsonParser json = JsonCells.JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadRowException(where() + "expected one JSON object a line, found: " + start(text), null);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                field(json, text, fields);
            }
            if (json.nextToken() != null) {
                throw new BadRowException(where() + "something follows the JSON object", null);
            }
            return true;
        } catch (JsonProcessingException e) {
            throw new BadRowException(where() + e.getOriginalMessage(), e);
        }
    }

    private static void field(JsonParser json, String line, Fields fields) throws IOException {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            fields.field(name, null, false);
        } else if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
            // As written: parsed and written again, long numbers would not be the same.
            int from = (int) json.currentTokenLocation().getCharOffset();
            json.skipChildren();
            fields.field(name, line.substring(from, (int) json.currentLocation().getCharOffset()), false);
        } else {
            fields.field(name, json.getText(), token == JsonToken.VALUE_STRING);
        }
    }

    private @Nullable String nextLine() throws TableException {
        try {
            String text = in.readLine();
            line++;
            while (text != null && text.isBlank()) {
                text = in.readLine();
                line++;
            }
            return text;
        } catch (IOException e) {
            throw new TableException(
                    TableFiles.cannotRead(file) + "after line " + line + ": " + TableFiles.reason(e), e);
        }
    }

    private static String start(String text) {
        int most = 40;
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }

    private String where() {
        return TableFiles.cannotRead(file) + "line " + line + ": ";
    }

    /** Line of the last object, from 1. */
    long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
