/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results as JSON: where and when, and every repetition, in the order in which they ran. */
final class ReportFile {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ReportFile() {}

    /** Writes the file, in place of one of that name. */
    static void write(Path file, Instant start, Machine machine, Options options, List<Result> results)
            throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("date", start.toString());
        report.put("machine", machine);
        report.put("options", options(options));
        report.put("results", results.stream().map(ReportFile::result).toList());
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, JSON.writeValueAsBytes(report));
    }

    private static Map<String, Object> options(Options options) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("suites", options.suites().stream().map(Suite::label).toList());
        fields.put("rounds", options.rounds());
        fields.put("events", options.events());
        fields.put("rocksdb_events", options.rocksdbEvents());
        fields.put("sql_events", options.sqlEvents());
        fields.put("flink_events", options.flinkEvents());
        fields.put("entities", options.entities());
        fields.put("seconds", options.seconds());
        return fields;
    }

    private static Map<String, Object> result(Result result) {
        Map<String, Object> figures = new LinkedHashMap<>();
        result.figures().forEach((figure, raw) -> figures.put(figure.key(), figure(figure, raw)));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("suite", result.suite());
        fields.put("group", result.group());
        fields.put("name", result.name());
        fields.put("parameters", result.parameters());
        fields.put("figures", figures);
        return fields;
    }

    private static Map<String, Object> figure(Figure figure, List<Double> raw) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("unit", figure.label());
        fields.put("median", Statistics.median(raw));
        fields.put("least", Statistics.least(raw));
        fields.put("most", Statistics.most(raw));
        fields.put("raw", raw);
        return fields;
    }
}
