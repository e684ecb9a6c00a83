/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import io.freshet.definition.DefinitionException;
import io.freshet.definition.FeatureView.Text;
import io.freshet.definition.Problems;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.YamlMap;
import io.freshet.expression.Spelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a file of tests; all that is wrong with it is told at once. The form is told in {@code docs/testing-views.md}. */
final class TestParser {

    /** What relative times are counted from where a file says nothing: any day does, this one begins a week and a year. */
    private static final String DEFAULT_START = "2024-01-01T00:00:00Z";

    private final String file;
    private final String text;
    private final Map<String, ViewPlan> views;
    private final Problems problems;

    private TestParser(String file, String text, Map<String, ViewPlan> views) {
        this.file = file;
        this.text = text;
        this.views = views;
        this.problems = new Problems(file, text);
    }

    /**
     * The tests of a file.
     *
     * @param file the file as its author knows it
     * @param text its text
     * @param views the views that there are, by name
     * @throws DefinitionException with all that is wrong with it
     */
    static List<ViewTest> parse(String file, String text, Map<String, ViewPlan> views) throws DefinitionException {
        TestParser parser = new TestParser(file, text, views);
        List<ViewTest> tests =
                YamlMap.file(text, parser.problems).map(parser::tests).orElse(List.of());
        parser.problems.check();
        return tests;
    }

    private List<ViewTest> tests(YamlMap root) {
        root.allow(List.of("view", "start", "tests"), "a file of tests");
        Optional<ViewPlan> plan = root.required("view", "a file of tests").flatMap(this::view);
        OptionalLong start = start(root, Times.millis(DEFAULT_START, 0));
        if (root.value("tests").isEmpty()) {
            problems.add(root.node(), "Missing key 'tests' in a file of tests");
        }
        List<YamlMap> maps = maps(root, "tests", "a test");
        if (plan.isEmpty() || start.isEmpty()) {
            return List.of();
        }
        List<ViewTest> tests = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlMap map : maps) {
            map.allow(List.of("test", "start", "steps"), "a test");
            Optional<Text> name = map.required("test", "a test");
            name.filter(found -> !names.add(found.text()))
                    .ifPresent(found -> problems.add(found, 0, "Duplicate test '" + found.text() + "'"));
            start(map, start).ifPresent(from -> {
                List<Step> steps = new Steps(plan.get(), root, from).steps(map);
                name.ifPresent(found -> tests.add(new ViewTest(file, text, found, plan.get(), steps)));
            });
        }
        return tests;
    }

    private Optional<ViewPlan> view(Text name) {
        ViewPlan plan = views.get(name.text());
        if (plan == null) {
            problems.add(
                    name,
                    0,
                    "Unknown view '" + name.text() + "'" + Spelling.suggestion(name.text(), views.keySet())
                            + " (known: "
                            + String.join(", ", views.keySet().stream().sorted().toList()) + ")");
        }
        return Optional.ofNullable(plan);
    }

    private OptionalLong start(YamlMap map, OptionalLong otherwise) {
        Optional<Text> start = map.text("start");
        return start.isEmpty() ? otherwise : time(start.get(), otherwise.orElse(0));
    }

    private OptionalLong time(Text time, long startMillis) {
        OptionalLong millis = Times.millis(time.text(), startMillis);
        if (millis.isEmpty()) {
            problems.add(time, 0, "Cannot read the time '" + time.text() + "': " + Times.EXPECTED);
        }
        return millis;
    }

    private List<YamlMap> maps(YamlMap map, String key, String what) {
        Optional<Node> node = map.value(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof SequenceNode list) || list.getValue().isEmpty()) {
            problems.add(
                    map.keyNode(key), "Cannot read '" + key + "': expected a list with one item or more, each " + what);
            return List.of();
        }
        return list.getValue().stream()
                .flatMap(item -> YamlMap.of(item, what, problems).stream())
                .toList();
    }

    /** The steps of one test. */
    private final class Steps {
        private final ViewPlan plan;
        private final YamlMap file;
        private final long startMillis;
        private final ColumnParser columns;

        private Steps(ViewPlan plan, YamlMap file, long startMillis) {
            this.plan = plan;
            this.file = file;
            this.startMillis = startMillis;
            this.columns = new ColumnParser(plan, file, startMillis, problems);
        }

        private List<Step> steps(YamlMap test) {
            if (test.value("steps").isEmpty()) {
                problems.add(test.node(), "Missing key 'steps' in a test");
            }
            List<Step> steps = new ArrayList<>();
            for (YamlMap map : maps(test, "steps", "a step")) {
                map.allow(List.of("event", "topic", "arrives", "at", "expect"), "a step");
                Optional<Node> event = map.value("event");
                Optional<Text> at = map.text("at");
                if (event.isPresent() == at.isPresent()) {
                    problems.add(
                            map.node(), "Cannot read a step: expected either an 'event' or a time 'at' which to look");
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
            OptionalLong arrivesMillis = arrives.isPresent() ? time(arrives.get(), startMillis) : OptionalLong.empty();
            Optional<Node> expect = map.value("expect");
            Optional<Outcome> outcome =
                    expect.filter(node -> !EventParser.isMapping(node)).flatMap(this::outcome);
            List<Step.ExpectedColumn> expected = expect.filter(EventParser::isMapping)
                    .flatMap(node -> YamlMap.of(node, "'expect'", problems))
                    .map(columns::columns)
                    .orElse(List.of());
            return topic.flatMap(found -> new EventParser(
                            plan.sources().get(found).schema(), startMillis, problems)
                    .event(event)
                    .map(record -> new Step.Arrival(
                            place(map.keyNode("event")), found, record, arrivesMillis, outcome, expected)));
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
                    plan.view().sources().stream().map(source -> source.topic()).toList();
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
            OptionalLong millis = time(at, startMillis);
            List<Step.ExpectedRow> rows = new ArrayList<>();
            Optional<YamlMap> entities = map.map("expect");
            entities.ifPresent(expect -> expect.entries()
                    .forEach((entity, node) -> row(expect, entity, node).ifPresent(rows::add)));
            if (map.value("expect").isEmpty()) {
                problems.add(
                        map.node(), "Missing key 'expect' in a step with a time: expected entities and their columns");
            }
            return millis.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Step.Passing(place(map.keyNode("at")), millis.getAsLong(), rows));
        }

        private Optional<Step.ExpectedRow> row(YamlMap expect, String entity, Node node) {
            Text place = place(expect.keyNode(entity));
            Text key = new Text(entity, place.line(), place.column());
            try {
                io.freshet.row.EntityKey.parse(entity, plan.entity());
            } catch (IllegalArgumentException e) {
                problems.add(expect.keyNode(entity), String.valueOf(e.getMessage()));
                return Optional.empty();
            }
            if (EventParser.isMapping(node)) {
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

    private static Text place(Node node) {
        return new Text(
                "",
                node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1),
                node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1));
    }
}
