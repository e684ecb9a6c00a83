/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Documents of YAML and JSON in the folder {@code deploy}, which is the working folder of its tests. */
final class Documents {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESOURCES = "src/test/resources/io/freshet/deploy/";

    private Documents() {}

    /** The documents of a text of YAML, merge keys resolved; empty ones are left out. */
    static List<JsonNode> yaml(String text) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(strict)).loadAll(text)) {
            if (document != null) {
                documents.add(JSON.valueToTree(document));
            }
        }
        return documents;
    }

    /** The one document of a file. */
    static JsonNode one(Path file) throws IOException {
        List<JsonNode> documents = yaml(Files.readString(file));
        if (documents.size() != 1) {
            throw new IllegalArgumentException(file + " has " + documents.size() + " documents, expected one");
        }
        return documents.get(0);
    }

    /** What the JSON Schema of that name has against a document; nothing where it is right. */
    static List<String> faults(JsonNode document, String schema, SpecificationVersion version) throws IOException {
        ObjectNode text = (ObjectNode) JSON.readTree(Path.of(RESOURCES, schema).toFile());
        // Their spelling of the dialect's name differs from the standard's; it is given here.
        text.remove(List.of("$schema", "$id"));
        Schema compiled = SchemaRegistry.withDefaultDialect(version).getSchema(text.toString());
        return compiled.validate(document.toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    /** The files under a folder whose names end so, sorted. */
    static List<Path> under(String folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(end))
                    .sorted()
                    .toList();
        }
    }

    /** All elements of lists and values of maps, in that order. */
    static List<JsonNode> children(JsonNode parent) {
        List<JsonNode> children = new ArrayList<>();
        parent.elements().forEachRemaining(children::add);
        return children;
    }

    /** All texts in a document, however deep. */
    static List<String> texts(JsonNode document) {
        List<String> texts = new ArrayList<>();
        if (document.isValueNode()) {
            texts.add(document.asText());
        }
        document.forEach(child -> texts.addAll(texts(child)));
        return texts;
    }
}
