/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.definition.FeatureView.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the topics or files of a view: {@code source} is a mapping, or a list of such mappings. */
final class SourceParser {

    /** How many topics one view may read. */
    static final int MOST_TOPICS = 100;

    private static final String SOURCE = "source";
    private static final String WRITER_SCHEMA = "writer_schema";
    /** Kafka's own rule; it also refuses . and .. alone. */
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    private static final List<String> KEYS = List.of(
            "topic",
            "schema",
            "event_time",
            "out_of_orderness",
            "idle_after",
            "max_future",
            "non_finite",
            "format",
            WRITER_SCHEMA);

    private static final String OF_FILES = "; a view over files has 'files' in place of 'topic'";

    private final Scalars scalars;
    private final Problems problems;

    SourceParser(Scalars scalars, Problems problems) {
        this.scalars = scalars;
        this.problems = problems;
    }

    /** The topics of a view, one or more; empty where one of them cannot be told, which is then a problem. */
    Optional<List<Parsed.Source>> sources(YamlMap root) {
        Optional<Node> value = root.value(SOURCE);
        if (value.isEmpty()) {
            problems.add(root.node(), "Missing key 'source' in the view");
            return Optional.empty();
        }
        if (value.get() instanceof SequenceNode list) {
            return list(list, root.keyNode(SOURCE));
        }
        return root.map(SOURCE)
                .flatMap(map -> FilesParser.isFiles(map)
                        ? new FilesParser(scalars, problems).source(map, root)
                        : source(map, "'source'", root.keyNode(SOURCE)))
                .map(List::of);
    }

    private Optional<List<Parsed.Source>> list(SequenceNode list, Node key) {
        List<Node> items = list.getValue();
        if (items.isEmpty() || items.size() > MOST_TOPICS) {
            problems.add(
                    key,
                    "Cannot use a 'source' of " + items.size() + " topics: expected 1 to " + MOST_TOPICS
                            + ", each {topic, schema, event_time}");
            return Optional.empty();
        }
        String what = "an item of 'source'";
        Set<String> topics = new HashSet<>();
        List<Parsed.Source> sources = new ArrayList<>();
        for (Node item : items) {
            YamlMap.of(item, what, problems)
                    .flatMap(map -> source(map, what, item))
                    .filter(source -> isNew(source, topics))
                    .ifPresent(sources::add);
        }
        return sources.size() == items.size() ? Optional.of(sources) : Optional.empty();
    }

    private boolean isNew(Parsed.Source source, Set<String> topics) {
        String topic = source.source().topic();
        boolean isNew = topic.isEmpty() || topics.add(topic);
        if (!isNew) {
            problems.add(source.place(), "Duplicate topic '" + topic + "' in 'source': expected each topic once");
        }
        return isNew;
    }

    private Optional<Parsed.Source> source(YamlMap map, String what, Node place) {
        if (FilesParser.isFiles(map)) {
            problems.add(
                    map.keyNode(FilesParser.FILES),
                    "Cannot read files beside other sources: expected 'source' to be one mapping with 'files', no list");
            return Optional.empty();
        }
        map.allow(KEYS, what, UnaryOperator.identity(), OF_FILES);
        Optional<Text> topic = map.required("topic", what);
        topic.ifPresent(this::checkTopic);
        Optional<Text> schema = map.required("schema", what);
        Optional<Text> time = map.required("event_time", what);
        EventFormat format = scalars.choice(map, "format", EventFormat.values()).orElse(EventFormat.SINGLE_OBJECT);
        Optional<Text> writer = map.text(WRITER_SCHEMA);
        if (writer.isPresent() && format != EventFormat.AVRO) {
            problems.add(
                    map.keyNode(WRITER_SCHEMA),
                    "Cannot use '" + WRITER_SCHEMA + "' with format " + format.label()
                            + ": expected format: avro, whose" + " events do not say what they were written with");
        }
        FeatureView.Source source = new FeatureView.Source(
                topic.map(Text::text).orElse(""),
                schema.map(Text::text).orElse(""),
                time.map(Text::text).orElse(""),
                scalars.duration(map, "out_of_orderness").orElse(Duration.ofSeconds(5)),
                scalars.positive(map, "idle_after").orElse(Duration.ofSeconds(30)),
                scalars.duration(map, "max_future").orElse(Duration.ofMinutes(1)),
                scalars.choice(map, "non_finite", FeatureView.NonFinite.values())
                        .orElse(FeatureView.NonFinite.SKIP),
                Optional.empty(),
                format,
                writer.map(Text::text));
        return schema.map(name -> new Parsed.Source(source, name, writer, time.orElse(Parsed.NOWHERE), place));
    }

    private void checkTopic(Text text) {
        if (!TOPIC.matcher(text.text()).matches()) {
            problems.add(
                    text,
                    0,
                    "Cannot read topic '" + text.text()
                            + "': expected a Kafka topic, 1 to 249 letters, digits, '.', '_' and '-'");
        }
    }
}
