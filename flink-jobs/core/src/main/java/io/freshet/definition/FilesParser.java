/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.definition.FeatureView.Availability;
import io.freshet.definition.FeatureView.Text;
import io.freshet.expression.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the files of a view: {@code source} has {@code files} in place of {@code topic}. */
final class FilesParser {

    static final String FILES = "files";

    private static final String AVAILABLE = "available";
    private static final String LOADED = "loaded";
    private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

    private static final List<String> KEYS =
            List.of(FILES, "schema", "event_time", AVAILABLE, "max_future", "non_finite");
    /** Of topics alone. */
    private static final List<String> OF_TOPICS = List.of("out_of_orderness", "idle_after");
    /** Of views over topics alone. */
    private static final List<String> OF_STREAMS = List.of("emit", "coalesce");

    private final Scalars scalars;
    private final Problems problems;

    FilesParser(Scalars scalars, Problems problems) {
        this.scalars = scalars;
        this.problems = problems;
    }

    static boolean isFiles(YamlMap source) {
        return source.value(FILES).isPresent();
    }

    /** The files; empty where their schema cannot be told, which is then a problem. */
    Optional<Parsed.Source> source(YamlMap map, YamlMap root) {
        String what = "'source'";
        refuse(map, root);
        Optional<Text> pattern = map.required(FILES, what);
        pattern.filter(text -> text.text().isBlank())
                .ifPresent(text -> problems.add(
                        text, 0, "Cannot read files '': expected a path or pattern such as 'users/date=*/*.parquet'"));
        Optional<Text> schema = map.required("schema", what);
        Optional<Text> time = map.required("event_time", what);
        FeatureView.Files files = new FeatureView.Files(pattern.map(Text::text).orElse(""), available(map));
        FeatureView.Source source = new FeatureView.Source(
                files.pattern(),
                schema.map(Text::text).orElse(""),
                time.map(Text::text).orElse(""),
                Duration.ZERO,
                Duration.ZERO,
                scalars.duration(map, "max_future").orElse(Duration.ofMinutes(1)),
                scalars.choice(map, "non_finite", FeatureView.NonFinite.values())
                        .orElse(FeatureView.NonFinite.SKIP),
                Optional.of(files),
                EventFormat.SINGLE_OBJECT,
                Optional.empty());
        return schema.map(name ->
                new Parsed.Source(source, name, Optional.empty(), time.orElse(Parsed.NOWHERE), root.keyNode("source")));
    }

    private void refuse(YamlMap map, YamlMap root) {
        List<String> known = new ArrayList<>(KEYS);
        known.addAll(OF_TOPICS);
        known.add("topic");
        map.allow(known, "'source'");
        map.value("topic")
                .ifPresent(topic -> problems.add(
                        map.keyNode("topic"),
                        "Cannot read a topic and files in one 'source': expected one of the two"));
        for (String key : OF_TOPICS) {
            map.value(key)
                    .ifPresent(value -> problems.add(
                            map.keyNode(key),
                            "Cannot use '" + key + "' with 'files': files are read to their end, nothing is waited for;"
                                    + " remove it"));
        }
        for (String key : OF_STREAMS) {
            root.value(key)
                    .ifPresent(value -> problems.add(
                            root.keyNode(key),
                            "Cannot use '" + key + "' with 'files': their events are applied in the order in which they"
                                    + " were available, then of event time; remove it"));
        }
    }

    private Availability available(YamlMap map) {
        Optional<Text> written = map.text(AVAILABLE);
        if (written.isEmpty() || written.get().text().equals(LOADED)) {
            return new Availability.Loaded();
        }
        Text text = written.get();
        Optional<Duration> delay = Durations.parse(text.text());
        if (delay.isPresent()) {
            if (delay.get().isZero()) {
                problems.add(
                        text,
                        0,
                        "Cannot use '" + text.text()
                                + "' for 'available': a labelled event would find itself in its own"
                                + " features, expected more than zero");
            }
            return new Availability.After(delay.get());
        }
        if (!FIELD.matcher(text.text()).matches()) {
            problems.add(
                    text,
                    0,
                    "Cannot read 'available: " + text.text() + "': expected loaded, a time after the event such as 2h,"
                            + " or a timestamp field of the schema");
            return new Availability.Loaded();
        }
        return new Availability.At(text);
    }
}
