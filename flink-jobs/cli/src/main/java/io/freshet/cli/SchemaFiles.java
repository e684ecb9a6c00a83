/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.definition.Schemas;
import io.freshet.schemas.WikipediaEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** Where Avro schemas come from. */
final class SchemaFiles {

    private SchemaFiles() {}

    /** The schemas that come with Freshet. */
    static Schemas builtIn() {
        return Schemas.ofFiles(new TreeMap<>(
                Map.of("WikipediaEdit.avsc", WikipediaEdit.getClassSchema().toString())));
    }

    /** The {@code .avsc} files of a folder, see {@link Schemas#ofFiles}, and the built-in schemas that these do not hide. */
    static Schemas builtInAnd(Path folder) throws CommandFailedException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> schemas = files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
            for (Path file : schemas) {
                texts.put(file.getFileName().toString(), parse(file).toString());
            }
        } catch (IOException e) {
            throw CommandFailedException.wrongInput("Cannot list the schemas: " + Reading.reason(e));
        }
        return Schemas.ofFiles(texts).and(builtIn());
    }

    /** The schema in a file, or the built-in one of that name. */
    static Schema fileOrName(String text) throws CommandFailedException {
        Path file = Path.of(text);
        String known = builtIn().texts().get(text);
        if (!Files.exists(file) && known != null) {
            return new Schema.Parser().parse(known);
        }
        return parse(file);
    }

    private static Schema parse(Path file) throws CommandFailedException {
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (IOException e) {
            throw CommandFailedException.wrongInput("Cannot read the schema: " + Reading.reason(e) + " (built in: "
                    + String.join(
                            ", ", builtIn().texts().keySet().stream().sorted().toList()) + ")");
        } catch (SchemaParseException e) {
            throw CommandFailedException.wrongInput("Cannot parse the schema " + file + ": " + e.getMessage());
        }
    }
}
