/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import io.freshet.oracle.PlainFunction.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Over a plain list of events: values by order of time or of size. */
final class PlainOrder {

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.ofEntries(
            Map.entry("first_n", (question, events) -> list(firsts(values(events), n(question)))),
            Map.entry("last_n", (question, events) -> list(lasts(values(events), n(question)))),
            Map.entry(
                    "first_distinct_n",
                    (question, events) -> list(firsts(distinct(PlainBasics.distinctValues(events)), n(question)))),
            Map.entry(
                    "last_distinct_n",
                    (question, events) -> list(lastDistinct(PlainBasics.distinctValues(events), n(question)))),
            Map.entry("nth", (question, events) -> at(values(events), n(question) - 1)),
            Map.entry("lag", (question, events) -> at(values(events), events.size() - 1 - n(question))),
            Map.entry("min_by", (question, events) -> best(events, -1)),
            Map.entry("max_by", (question, events) -> best(events, 1)),
            Map.entry("top_n", (question, events) -> list(firsts(sorted(events, -1), n(question)))),
            Map.entry("bottom_n", (question, events) -> list(firsts(sorted(events, 1), n(question)))));

    private PlainOrder() {}

    private static int n(Question question) {
        return question.count("n");
    }

    private static List<Object> values(List<PlainEvent> events) {
        return PlainBasics.values(events);
    }

    private static Answer list(List<Object> values) {
        return Answer.exact(values.isEmpty() ? null : values);
    }

    private static List<Object> firsts(List<Object> values, int n) {
        return values.subList(0, Math.min(n, values.size()));
    }

    private static List<Object> lasts(List<Object> values, int n) {
        return values.subList(Math.max(0, values.size() - n), values.size());
    }

    private static List<Object> distinct(List<Object> values) {
        List<Object> seen = new ArrayList<>();
        for (Object value : values) {
            if (!seen.contains(value)) {
                seen.add(value);
            }
        }
        return seen;
    }

    private static List<Object> lastDistinct(List<Object> values, int n) {
        List<Object> backwards = new ArrayList<>(values);
        Collections.reverse(backwards);
        List<Object> found = new ArrayList<>(firsts(distinct(backwards), n));
        Collections.reverse(found);
        return found;
    }

    private static Answer at(List<Object> values, int position) {
        return Answer.exact(position < 0 || position >= values.size() ? null : values.get(position));
    }

    private static Answer best(List<PlainEvent> events, int sign) {
        PlainEvent best = null;
        for (PlainEvent event : events) {
            if (best == null || sign * compare(event.value(1), best.value(1)) > 0) {
                best = event;
            }
        }
        return Answer.exact(best == null ? null : best.value(0));
    }

    private static List<Object> sorted(List<PlainEvent> events, int sign) {
        List<Object> values = new ArrayList<>(values(events));
        values.sort((left, right) -> sign * compare(left, right));
        return values;
    }

    @SuppressWarnings("unchecked") // values of one type
    private static int compare(Object left, Object right) {
        if (left instanceof String) {
            return Arrays.compare(
                    ((String) left).codePoints().toArray(),
                    ((String) right).codePoints().toArray());
        }
        return ((Comparable<Object>) left).compareTo(right);
    }
}
