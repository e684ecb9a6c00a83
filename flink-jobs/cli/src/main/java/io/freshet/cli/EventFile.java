/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Loose events in a file: JSON lines, or CSV with a head line; either may be gzipped. CSV is what ends in {@code .csv}
 * or {@code .csv.gz}.
 */
public final class EventFile {

    private final Path path;

    /** The events of that file. */
    public EventFile(Path path) {
        this.path = path;
    }

    /** Takes events as they are read. */
    public interface Visitor {

        /** An event, and the line it stands in, from 1. */
        void event(long line, Map<String, @Nullable Object> values) throws CommandFailedException;

        /** A line that is neither JSON nor CSV. */
        void broken(long line, String reason);
    }

    /**
     * Shows the visitor every line, in order.
     *
     * @throws CommandFailedException if the file cannot be read, or the visitor had enough
     */
    public void read(Visitor visitor) throws CommandFailedException {
        String name = path.getFileName().toString();
        try (InputStream file = Files.newInputStream(path);
                InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(file, 1 << 16) : file;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            if (name.matches(".*\\.csv(\\.gz)?")) {
                readCsv(reader, visitor);
            } else {
                readJson(reader, visitor);
            }
        } catch (IOException e) {
            throw CommandFailedException.failed("Cannot read events from " + path + ": " + Reading.reason(e));
        }
    }

    private static void readJson(BufferedReader reader, Visitor visitor) throws IOException, CommandFailedException {
        ObjectMapper json = new ObjectMapper();
        TypeReference<Map<String, @Nullable Object>> map = new TypeReference<>() {};
        long number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            Map<String, @Nullable Object> values;
            try {
                values = json.readValue(line, map);
            } catch (JsonProcessingException e) {
                visitor.broken(number, "Cannot parse JSON: " + e.getOriginalMessage());
                continue;
            }
            visitor.event(number, values);
        }
    }

    private static void readCsv(BufferedReader reader, Visitor visitor) throws IOException, CommandFailedException {
        MappingIterator<Map<String, @Nullable Object>> rows = new CsvMapper()
                .readerFor(new TypeReference<Map<String, @Nullable Object>>() {})
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(reader);
        // The parser tells no place that could be relied on. Rows are counted: a line break within quotes is not.
        for (long line = 2; ; line++) {
            Map<String, @Nullable Object> values;
            try {
                if (!rows.hasNextValue()) {
                    return;
                }
                values = rows.nextValue();
            } catch (JsonProcessingException e) {
                visitor.broken(line, "Cannot parse CSV: " + e.getOriginalMessage());
                continue;
            }
            visitor.event(line, values);
        }
    }
}
