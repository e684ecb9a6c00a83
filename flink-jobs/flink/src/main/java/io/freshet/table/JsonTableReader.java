/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** JSON lines as rows. Opening reads the file once, for any line may name a column that those above do not. */
final class JsonTableReader implements TableReader {

    private final JsonLines lines;
    private final TableSchema schema;
    private final Map<String, Integer> cells = new HashMap<>();

    private JsonTableReader(JsonLines lines, TableSchema schema) {
        this.lines = lines;
        this.schema = schema;
        schema.names().forEach(name -> cells.put(name, schema.indexOf(name)));
    }

    static JsonTableReader open(Path file, ReadOptions options) throws IOException {
        List<String> names = JsonLines.names(file);
        TableFiles.check(file, names, options);
        return new JsonTableReader(new JsonLines(file), CsvTableReader.strings(options.of(names)));
    }

    @Override
    public TableSchema schema() {
        return schema;
    }

    @Override
    public @Nullable Object @Nullable [] next() throws IOException {
        @Nullable Object[] row = new Object[cells.size()];
        boolean found = lines.next((name, text, isString) -> {
            Integer cell = cells.get(name);
            if (cell != null) {
                row[cell] = text;
            }
        });
        return found ? row : null;
    }

    @Override
    public long line() {
        return lines.line();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
