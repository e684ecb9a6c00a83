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
        List<YamlMap> maps = Yaml.maps(root, "tests", "a test", problems);
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
                List<Step> steps = new StepParser(plan.get(), root, from, problems).steps(map);
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
        return start.isEmpty() ? otherwise : Yaml.time(start.get(), otherwise.orElse(0), problems);
    }
}
