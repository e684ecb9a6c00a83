/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import io.freshet.cli.ValueView;
import io.freshet.client.OnlineRow;
import io.freshet.definition.Column;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.FeatureView.Text;
import io.freshet.definition.Problem;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.ValueType;
import io.freshet.row.OnlineKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs users' tests of their views. */
public final class ViewTests {

    private final ViewTest test;
    private final ViewRun run;
    private final Map<String, Column> columns = new HashMap<>();
    private final List<TestResult.Failure> failures = new ArrayList<>();

    private ViewTests(ViewTest test) {
        this.test = test;
        this.run = new ViewRun(test.plan());
        test.plan().columns().forEach(column -> columns.put(column.name(), column));
    }

    /**
     * Runs all tests of a file, each from the beginning.
     *
     * @param file the file as its author knows it
     * @param text its text
     * @param views the views that there are, by name
     * @throws DefinitionException if the file is no file of tests, with all that is wrong with it
     */
    public static List<TestResult> run(String file, String text, Map<String, ViewPlan> views)
            throws DefinitionException {
        return TestParser.parse(file, text, views).stream()
                .map(test -> new ViewTests(test).run())
                .toList();
    }

    private TestResult run() {
        for (Step step : test.steps()) {
            if (step instanceof Step.Arrival arrival) {
                arrive(arrival);
            } else if (step instanceof Step.Passing passing) {
                pass(passing);
            }
        }
        Text name = test.name();
        return new TestResult(
                test.file(), name.text(), name.line(), test.plan().view().name(), failures);
    }

    private void arrive(Step.Arrival step) {
        ViewRun.Arrived arrived = run.arrive(step.topic(), step.event(), step.arrivesMillis());
        Outcome actual = arrived.outcome();
        Optional<Outcome> expected = step.outcome();
        if (expected.isPresent()) {
            if (!expected.get().is(actual)) {
                String word = expected.get().label();
                fail(
                        step.place(),
                        "Expected the event to be " + word + ", found " + actual.text(),
                        word,
                        actual.label());
            }
            return;
        }
        if (actual.isDead()) {
            String hint = step.columns().isEmpty() ? "; if it is meant to be: 'expect: " + actual.label() + "'" : "";
            fail(
                    step.place(),
                    "The event is a dead letter, " + actual.text() + hint,
                    Outcome.ROW.label(),
                    actual.label());
            return;
        }
        if (step.columns().isEmpty()) {
            return;
        }
        if (arrived.entity().isEmpty()) {
            fail(step.place(), "Expected a row, found the event " + actual.text(), Outcome.ROW.label(), actual.label());
            return;
        }
        String entity = arrived.entity().get();
        Optional<OnlineRow> row = run.row(entity);
        if (row.isEmpty()) {
            fail(step.place(), absence(entity) + held(), Outcome.ROW.label(), "absent");
        } else {
            // The row of the event itself: nothing has aged.
            check(step.columns(), row.get(), row.get().values());
        }
    }

    private String held() {
        return switch (test.plan().view().emit()) {
            case ON_EVENT -> "";
            case ON_WATERMARK ->
                ": 'emit: on_watermark' holds events until the watermark passes them; look at a time, with 'at'";
        };
    }

    private void pass(Step.Passing step) {
        run.passTo(step.atMillis());
        for (Step.ExpectedRow expected : step.rows()) {
            String entity = expected.entity().text();
            Optional<OnlineRow> row = run.row(entity);
            if (expected.absent() && row.isPresent()) {
                fail(
                        expected.entity(),
                        "Expected no row of '" + entity + "', found " + text(row.get()),
                        "absent",
                        "row");
            } else if (!expected.absent() && row.isEmpty()) {
                fail(expected.entity(), absence(entity), Outcome.ROW.label(), "absent");
            } else if (row.isPresent() && row.get().asOfMillis() > step.atMillis()) {
                String time = Instant.ofEpochMilli(step.atMillis()).toString();
                String message = "Cannot look at '" + entity + "' at " + time + ": its row is of later, "
                        + text(row.get()) + "; steps go forward in time";
                fail(
                        expected.entity(),
                        message,
                        time,
                        Instant.ofEpochMilli(row.get().asOfMillis()).toString());
            } else {
                // As a reader sees it then: ages have grown since the row was written.
                row.ifPresent(found ->
                        check(expected.columns(), found, found.valuesAt(Instant.ofEpochMilli(step.atMillis()))));
            }
        }
    }

    private String absence(String entity) {
        List<String> others = run.entities();
        return "Expected a row of '" + entity + "', found none"
                + (others.isEmpty() ? "" : " (there are rows of " + String.join(", ", others) + ")");
    }

    private static String text(OnlineRow row) {
        return "one as of " + Instant.ofEpochMilli(row.asOfMillis()) + " with seq " + row.seq();
    }

    /** Compares a row. Columns that a reader computes belong into {@code values} before it comes here. */
    private void check(List<Step.ExpectedColumn> expected, OnlineRow row, Map<String, @Nullable Object> values) {
        for (Step.ExpectedColumn each : expected) {
            Object actual = actual(each.column(), row, values);
            if (!each.value().isMetBy(actual)) {
                ValueType type = each.value().type();
                String found = ValueView.text(actual, type);
                fail(
                        each.place(),
                        "Expected " + each.column() + " " + each.value().text() + ", found " + found
                                + inputs(each.column(), values) + "; '" + row.entity() + "' as of "
                                + Instant.ofEpochMilli(row.asOfMillis()),
                        each.value().text(),
                        found);
            }
        }
    }

    private static @Nullable Object actual(String column, OnlineRow row, Map<String, @Nullable Object> values) {
        return switch (column) {
            case OnlineKeys.AS_OF -> row.asOfMillis();
            case OnlineKeys.SEQ -> row.seq();
            default -> values.get(column);
        };
    }

    /** What a derived column was computed of. */
    private String inputs(String name, Map<String, @Nullable Object> values) {
        if (!(columns.get(name) instanceof Column.Computed computed)) {
            return "";
        }
        List<String> inputs = new ArrayList<>();
        for (String input : computed.expression().variables()) {
            Column column = columns.get(input);
            if (column != null) {
                inputs.add(input + " " + ValueView.text(values.get(input), column.type()));
            }
        }
        return " (of " + String.join(", ", inputs) + ")";
    }

    private void fail(Text place, String message, String expected, String actual) {
        String lineText =
                test.text().lines().skip(place.line() - 1L).findFirst().orElse("");
        failures.add(new TestResult.Failure(
                new Problem(test.file(), place.line(), place.column(), message, lineText), expected, actual));
    }
}
