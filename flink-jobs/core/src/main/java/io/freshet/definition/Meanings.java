/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.expression.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the values of a view's columns are, in words: two columns of equal meaning have equal values, whatever stands around
 * them in their definitions. Spacing of expressions does not matter, nor does where in an event an input is kept. Savepoints
 * hold these words: said in others, an unchanged column would lose its state.
 */
public final class Meanings {

    private Meanings() {}

    /** The meaning of each column of the plan, in their order. */
    public static List<String> of(ViewPlan plan) {
        Map<String, String> known = new TreeMap<>();
        List<String> meanings = new ArrayList<>();
        for (Column column : plan.columns()) {
            String meaning;
            if (column instanceof Column.Windowed windowed) {
                meaning = of(windowed, plan);
            } else {
                meaning = of((Column.Computed) column, known);
            }
            known.put(column.name(), meaning);
            meanings.add(meaning);
        }
        return meanings;
    }

    private static String of(Column.Computed column, Map<String, String> known) {
        String reads = column.expression().variables().stream()
                .map(name -> name + " = " + known.get(name))
                .collect(Collectors.joining("; "));
        return spaced(column.expression().text()) + " of " + reads;
    }

    private static String of(Column.Windowed column, ViewPlan plan) {
        Column.Aggregate aggregate = column.aggregate();
        List<String> topics = new ArrayList<>();
        for (ViewPlan.SourcePlan topic : plan.sources()) {
            topics.add(call(aggregate, topic) + " in " + events(aggregate, topic));
        }
        return aggregate.function() + aggregate.arguments()
                + (aggregate.selection().latest() == 0
                        ? ""
                        : " of the latest " + aggregate.selection().latest())
                + " over " + of(column.window()) + ": " + String.join("; ", topics) + " as " + column.type();
    }

    private static String call(Column.Aggregate aggregate, ViewPlan.SourcePlan topic) {
        List<String> inputs = new ArrayList<>();
        for (int i = 0; i < aggregate.inputs().size(); i++) {
            inputs.add(of(topic.inputs().get(aggregate.inputs().get(i))) + ": "
                    + aggregate.inputTypes().get(i));
        }
        Column.Selection selection = aggregate.selection();
        String per = selection.category() == Column.Selection.NONE
                ? ""
                : " per " + of(topic.inputs().get(selection.category())) + " up to " + selection.maxCategories();
        return "(" + String.join(", ", inputs) + ")" + per;
    }

    /** Which events count. */
    private static String events(Column.Aggregate aggregate, ViewPlan.SourcePlan topic) {
        int filter = aggregate.selection().filter();
        return topic.source().topic() + " at " + topic.eventTime().name() + " by "
                + topic.entity().stream().map(ViewPlan.Field::name).toList()
                + topic.where().map(where -> " where " + spaced(where.text())).orElse("")
                + (filter == Column.Selection.NONE
                        ? ""
                        : " if " + of(topic.filters().get(filter)));
    }

    private static String of(ViewPlan.Input input) {
        if (input instanceof ViewPlan.Field field) {
            return field.name();
        }
        return input instanceof ViewPlan.Formula formula
                ? "{" + spaced(formula.expression().text()) + "}"
                : "nothing";
    }

    private static String of(ViewPlan.Filter filter) {
        return filter instanceof ViewPlan.Condition condition
                ? "{" + spaced(condition.expression().text()) + "}"
                : filter.toString();
    }

    /** A window with its hop, as an author could write it. */
    public static String of(Window window) {
        if (window.isLifetime()) {
            return "lifetime";
        }
        String count = window.isSeries() ? window.count() + " x " : "";
        String offset = window.offsetMillis() == 0 ? "" : " offset " + Durations.format(window.offsetMillis());
        return count + Durations.format(window.lengthMillis()) + "/" + Durations.format(window.hopMillis()) + offset;
    }

    /** One space for many, but in texts in quotes. */
    static String spaced(String expression) {
        StringBuilder spaced = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < expression.strip().length(); i++) {
            char each = expression.strip().charAt(i);
            if (quote != 0) {
                quote = each == quote ? 0 : quote;
            } else if (each == '"' || each == '\'') {
                quote = each;
            }
            boolean isSpace = quote == 0 && Character.isWhitespace(each);
            if (!isSpace) {
                spaced.append(each);
            } else if (spaced.charAt(spaced.length() - 1) != ' ') {
                spaced.append(' ');
            }
        }
        return spaced.toString();
    }
}
