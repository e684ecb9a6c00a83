/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import io.freshet.definition.FeatureView;
import io.freshet.definition.FeatureView.Text;
import io.freshet.definition.Problems;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.YamlMap;
import io.freshet.row.EntityKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the steps of a test. */
final class StepParser {
    private final ViewPlan plan;
    private final YamlMap file;
    private final long startMillis;
    private final Problems problems;
    private final ColumnParser columns;

    /**
     * For tests of that view.
     *
     * @param file what they are read from
     * @param startMillis what relative times are counted from
     */
    StepParser(ViewPlan plan, YamlMap file, long startMillis, Problems problems) {
        this.plan = plan;
        this.file = file;
        this.startMillis = startMillis;
        this.problems = problems;
        this.columns = new ColumnParser(plan, file, startMillis, problems);
    }

    /** The steps of a test. */
    List<Step> steps(YamlMap test) {
        if (test.value("steps").isEmpty()) {
            problems.add(test.node(), "Missing key 'steps' in a test");
        }
        List<Step> steps = new ArrayList<>();
        for (YamlMap map : Yaml.maps(test, "steps", "a step", problems)) {
            map.allow(List.of("event", "topic", "arrives", "at", "expect"), "a step");
            Optional<Node> event = map.value("event");
            Optional<Text> at = map.text("at");
            if (event.isPresent() == at.isPresent()) {
                problems.add(map.node(), "Cannot read a step: expected either an 'event' or a time 'at' which to look");
            } else if (event.isPresent()) {
                arrival(map, event.get()).ifPresent(steps::add);
            } else {
                passing(map, at.orElseThrow()).ifPresent(steps::add);
            }
        }
        return steps;
    }

    private Optional<Step> arrival(YamlMap map, Node event) {
        Optional<Integer> topic = topic(map);
        Optional<Text> arrives = map.text("arrives");
        OptionalLong arrivesMillis =
                arrives.isPresent() ? Yaml.time(arrives.get(), startMillis, problems) : OptionalLong.empty();
        Optional<Node> expect = map.value("expect");
        Optional<Outcome> outcome = expect.filter(node -> !Yaml.isMapping(node)).flatMap(this::outcome);
        List<Step.ExpectedColumn> expected = expect.filter(Yaml::isMapping)
                .flatMap(node -> YamlMap.of(node, "'expect'", problems))
                .map(columns::columns)
                .orElse(List.of());
        return topic.flatMap(found -> new EventParser(plan.sources().get(found).schema(), startMillis, problems)
                .event(event)
                .map(record -> new Step.Arrival(
                        Yaml.place(map.keyNode("event")), found, record, arrivesMillis, outcome, expected)));
    }

    private Optional<Outcome> outcome(Node node) {
        Optional<Text> text = file.scalar(node, "'expect'");
        Optional<Outcome> outcome = text.flatMap(found -> Outcome.expected(found.text()));
        if (text.isPresent() && outcome.isEmpty()) {
            problems.add(
                    text.get(),
                    0,
                    "Cannot expect '" + text.get().text()
                            + "' of an event: expected columns and their values, or one of "
                            + String.join(", ", Outcome.LABELS));
        }
        return outcome;
    }

    private Optional<Integer> topic(YamlMap map) {
        List<String> topics =
                plan.view().sources().stream().map(FeatureView.Source::topic).toList();
        Optional<Text> named = map.text("topic");
        if (named.isEmpty() && topics.size() == 1) {
            return Optional.of(0);
        }
        int position = named.map(Text::text).map(topics::indexOf).orElse(-1);
        if (position >= 0) {
            return Optional.of(position);
        }
        String expected = "expected " + String.join(" or ", topics);
        named.ifPresentOrElse(
                name -> problems.add(name, 0, "Unknown topic '" + name.text() + "' of the view: " + expected),
                () -> problems.add(map.node(), "Missing key 'topic' in a step: the view has several, " + expected));
        return Optional.empty();
    }

    private Optional<Step> passing(YamlMap map, Text at) {
        for (String key : List.of("topic", "arrives")) {
            if (map.value(key).isPresent()) {
                problems.add(map.keyNode(key), "Cannot use '" + key + "' where there is no 'event'");
            }
        }
        OptionalLong millis = Yaml.time(at, startMillis, problems);
        List<Step.ExpectedRow> rows = new ArrayList<>();
        Optional<YamlMap> entities = map.map("expect");
        entities.ifPresent(expect -> expect.entries()
                .forEach((entity, node) -> row(expect, entity, node).ifPresent(rows::add)));
        if (map.value("expect").isEmpty()) {
            problems.add(map.node(), "Missing key 'expect' in a step with a time: expected entities and their columns");
        }
        return millis.isEmpty()
                ? Optional.empty()
                : Optional.of(new Step.Passing(Yaml.place(map.keyNode("at")), millis.getAsLong(), rows));
    }

    private Optional<Step.ExpectedRow> row(YamlMap expect, String entity, Node node) {
        Text place = Yaml.place(expect.keyNode(entity));
        Text key;
        try {
            String text = EntityKey.format(EntityKey.parse(entity, plan.entity()));
            key = new Text(text, place.line(), place.column());
        } catch (IllegalArgumentException e) {
            problems.add(expect.keyNode(entity), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        if (Yaml.isMapping(node)) {
            return YamlMap.of(node, "what is expected of an entity", problems)
                    .map(map -> new Step.ExpectedRow(key, false, columns.columns(map)));
        }
        Optional<Text> word = file.scalar(node, "what is expected of an entity");
        if (word.isPresent() && !word.get().text().equals("absent")) {
            problems.add(
                    word.get(),
                    0,
                    "Cannot expect '" + word.get().text() + "' of an entity: expected columns and their values, or"
                            + " 'absent' where it has no row");
        }
        return word.map(found -> new Step.ExpectedRow(key, true, List.of()));
    }
}
