/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.expression.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParseException;

/**
 * The Avro schemas that views may name, and the versions of them that events may have been written with.
 *
 * @param texts schema text by every name it goes by: the record's name, its full name, its file
 */
public record Schemas(Map<String, String> texts) {

    private static final String ENDING = ".avsc";

    public Schemas {
        texts = Map.copyOf(texts);
    }

    /**
     * The schemas of a folder. Each goes by the name of its file, and by the name and full name of its record. Where
     * several are versions of one record, its name means the file that is called like it, {@code Order.avsc}; without such
     * a file they go by their files alone.
     *
     * @param files schema text by name of file
     * @throws SchemaParseException if a text is no schema
     */
    public static Schemas ofFiles(SortedMap<String, String> files) {
        Map<String, String> texts = new HashMap<>();
        Set<String> taken = new HashSet<>();
        Set<String> shared = new HashSet<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Schema schema = new Schema.Parser().parse(file.getValue());
            String text = schema.toString();
            texts.put(file.getKey(), text);
            for (String name : new HashSet<>(List.of(schema.getName(), schema.getFullName()))) {
                if (file.getKey().equals(name + ENDING)) {
                    taken.add(name);
                    texts.put(name, text);
                } else if (!taken.contains(name) && !text.equals(texts.getOrDefault(name, text))) {
                    shared.add(name);
                } else {
                    texts.putIfAbsent(name, text);
                }
            }
        }
        shared.removeAll(taken);
        shared.forEach(texts::remove);
        return new Schemas(texts);
    }

    /** These, and others under names that these do not have. */
    public Schemas and(Schemas others) {
        Map<String, String> all = new HashMap<>(others.texts);
        all.putAll(texts);
        return new Schemas(all);
    }

    /** The schema of that name; empty where there is none or it cannot be read, which is then a problem. */
    Optional<Schema> find(FeatureView.Text name, Problems problems) {
        String text = texts.get(name.text());
        if (text == null) {
            problems.add(name, 0, unknown(name.text()));
            return Optional.empty();
        }
        try {
            Schema schema = new Schema.Parser().parse(text);
            if (schema.getType() == Schema.Type.RECORD) {
                return Optional.of(schema);
            }
            problems.add(
                    name,
                    0,
                    "Cannot use schema '" + name.text() + "': expected a record, found "
                            + schema.getType().getName());
        } catch (SchemaParseException e) {
            problems.add(name, 0, "Cannot parse schema '" + name.text() + "': " + e.getMessage());
        }
        return Optional.empty();
    }

    private String unknown(String name) {
        Collection<String> known = texts.keySet();
        long versions = records().stream()
                .filter(schema ->
                        schema.getName().equals(name) || schema.getFullName().equals(name))
                .count();
        String why = versions > 1
                ? "Cannot tell which of " + versions + " versions schema '" + name + "' is: name the file, or call one "
                        + name + ENDING
                : "Unknown schema '" + name + "'" + Spelling.suggestion(name, known);
        return why + " (known: " + String.join(", ", known.stream().sorted().toList()) + ")";
    }

    /** The other versions of a record: of its name or of one of its aliases, each fingerprint once. */
    List<Schema> othersOf(Schema schema) {
        SortedMap<Long, Schema> others = new TreeMap<>();
        for (Schema other : records()) {
            if (other.getName().equals(schema.getName()) || schema.getAliases().contains(other.getFullName())) {
                others.put(SchemaNormalization.parsingFingerprint64(other), other);
            }
        }
        others.remove(SchemaNormalization.parsingFingerprint64(schema));
        return List.copyOf(others.values());
    }

    private List<Schema> records() {
        List<Schema> records = new ArrayList<>();
        for (String text : new TreeSet<>(texts.values())) {
            try {
                Schema schema = new Schema.Parser().parse(text);
                if (schema.getType() == Schema.Type.RECORD) {
                    records.add(schema);
                }
            } catch (SchemaParseException e) {
                continue; // a problem of the views that name it
            }
        }
        return records;
    }
}
