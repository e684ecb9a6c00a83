/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.table.CellType;
import io.freshet.table.TableSchema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an archive of one view holds: the files that count, and up to where the history is in them.
 *
 * @param format version of this form
 * @param namespace prefix of the deployment's topics
 * @param view name of the view
 * @param topic the history
 * @param topicId Kafka's own id of the topic: one that is made anew has another
 * @param generation how many manifests there were, this one included
 * @param run what wrote it: tells a run that is repeated that it has committed already
 * @param columns all columns that any file has
 * @param nextOffsets by partition, the first offset that is not archived yet
 * @param files in the order in which they came
 */
record Manifest(
        int format,
        String namespace,
        String view,
        String topic,
        String topicId,
        long generation,
        String run,
        List<NamedType> columns,
        Map<Integer, Long> nextOffsets,
        List<Entry> files) {

    static final int FORMAT = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** A column: its type as {@link io.freshet.table.CellType} writes it. */
    record NamedType(String name, String type) {}

    /** An {@link ArchiveFile} as JSON has it. */
    record Entry(
            String name,
            String date,
            long rows,
            long bytes,
            long minAsOf,
            long maxAsOf,
            Map<Integer, OffsetRange> offsets) {

        static Entry of(ArchiveFile file) {
            return new Entry(
                    file.name(),
                    file.date().toString(),
                    file.rows(),
                    file.bytes(),
                    file.minAsOfMillis(),
                    file.maxAsOfMillis(),
                    new TreeMap<>(file.offsets()));
        }

        ArchiveFile file() {
            return new ArchiveFile(name, LocalDate.parse(date), rows, bytes, minAsOf, maxAsOf, offsets);
        }

        String text() {
            try {
                return JSON.writeValueAsString(this);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("Cannot write what has no cycles", e);
            }
        }

        static Entry parse(String text) throws JsonProcessingException {
            return JSON.readValue(text, Entry.class);
        }
    }

    Manifest {
        columns = List.copyOf(columns);
        nextOffsets = new TreeMap<>(nextOffsets);
        files = List.copyOf(files);
    }

    /** All columns that any file has. */
    TableSchema schema() {
        return new TableSchema(columns.stream()
                .map(column -> new TableSchema.Column(column.name(), CellType.parse(column.type())))
                .toList());
    }

    /** The next one, with these files and by that run. */
    Manifest next(String byRun, List<Entry> newFiles) {
        return new Manifest(
                format, namespace, view, topic, topicId, generation + 1, byRun, columns, nextOffsets, newFiles);
    }

    /** The same with more files. */
    Manifest with(List<Entry> more) {
        List<Entry> all = new ArrayList<>(files);
        all.addAll(more);
        return new Manifest(format, namespace, view, topic, topicId, generation, run, columns, nextOffsets, all);
    }

    String text() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write what has no cycles", e);
        }
    }

    static Manifest parse(String text) throws JsonProcessingException {
        return JSON.readValue(text, Manifest.class);
    }
}
