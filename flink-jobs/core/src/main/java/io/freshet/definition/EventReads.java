/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.definition.FeatureView.Text;
import io.freshet.definition.ViewPlan.Input;
import io.freshet.expression.Expression;
import io.freshet.expression.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is read of the events of a view's topics. An input or filter has one position for all topics; topics that it is not
 * read of have nothing there. What cannot be read is a problem, and empty.
 */
final class EventReads {

    /** Filters are bits of one long in each event. */
    private static final int MAX_FILTERS = 64;

    /** Of what all topics must have, as it is of the view. */
    private static final Function<Collection<Integer>, String> NO_ADVICE = topics -> "";

    /** A text as some topics read it. */
    private record Key(String text, List<Integer> topics) {}

    private final List<TopicReader> readers;
    private final List<Integer> all;
    private final Problems problems;
    private final Map<Key, Integer> inputPositions = new HashMap<>();
    private final List<Map<Integer, Input>> inputs = new ArrayList<>();
    private final Map<Key, Integer> filterPositions = new HashMap<>();
    private final List<Map<Integer, ViewPlan.Filter>> filters = new ArrayList<>();

    EventReads(List<TopicReader> readers, Problems problems) {
        this.readers = List.copyOf(readers);
        this.all = IntStream.range(0, readers.size()).boxed().toList();
        this.problems = problems;
    }

    /** Positions of all topics. */
    List<Integer> all() {
        return all;
    }

    /** A field that all topics have, with one type. */
    Optional<ViewPlan.Field> field(Text name) {
        return each(name, all, reader -> reader.field(name.text()), ViewPlan.Field::type, NO_ADVICE)
                .map(found -> found.values().iterator().next());
    }

    /** The filter of the view as each topic reads it, by topic. */
    Optional<Map<Integer, Expression>> where(Text text) {
        return condition(text, all, NO_ADVICE);
    }

    private Optional<Map<Integer, Expression>> condition(
            Text text, List<Integer> topics, Function<Collection<Integer>, String> advice) {
        Optional<Map<Integer, Expression>> found =
                each(text, topics, reader -> reader.expression(text.text()), Expression::type, advice);
        Optional<ValueType> wrong = found.map(EventReads::typeOf).filter(type -> type.kind() != ValueType.Kind.BOOLEAN);
        if (wrong.isPresent()) {
            problems.add(text, 0, "Cannot filter by a " + wrong.get() + ": expected a boolean expression");
            return Optional.empty();
        }
        return found;
    }

    /** Position of an input that these topics have. */
    Optional<Integer> input(Text written, List<Integer> topics) {
        Text text = plain(written);
        Key key = new Key(text.text(), topics);
        Integer known = inputPositions.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Map<Integer, Input>> found = isPath(text)
                ? each(text, topics, reader -> reader.field(text.text()), ViewPlan.Field::type, this::from)
                        .map(fields -> map(fields, field -> field))
                : each(text, topics, reader -> reader.expression(text.text()), Expression::type, this::from)
                        .map(expressions -> map(expressions, ViewPlan.Formula::new));
        return found.map(input -> {
            inputs.add(input);
            inputPositions.put(key, inputs.size() - 1);
            return inputs.size() - 1;
        });
    }

    /** Type of the input at a position. */
    ValueType inputType(int position) {
        return inputs.get(position).values().iterator().next().type();
    }

    /** Position of the filter that holds in these topics where the expression is true, and in no other topic. */
    Optional<Integer> filter(Text text, List<Integer> topics) {
        return filter(
                text,
                topics,
                () -> condition(text, topics, this::from).map(found -> map(found, ViewPlan.Condition::new)));
    }

    /**
     * Position of the filter that holds for all events of these topics, and for no others.
     *
     * @param place where a problem with it is shown
     */
    Optional<Integer> only(Text place, List<Integer> topics) {
        Text nothing = new Text("", place.line(), place.column());
        return filter(
                nothing,
                topics,
                () -> Optional.of(
                        topics.stream().collect(Collectors.toMap(topic -> topic, topic -> ViewPlan.Whole.ALL))));
    }

    private Optional<Integer> filter(
            Text text, List<Integer> topics, Supplier<Optional<Map<Integer, ViewPlan.Filter>>> made) {
        Key key = new Key(text.text(), topics);
        Integer known = filterPositions.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        if (filters.size() == MAX_FILTERS) {
            problems.add(text, 0, "Too many filters: a view may have " + MAX_FILTERS + " different ones");
            return Optional.empty();
        }
        return made.get().map(filter -> {
            filters.add(filter);
            filterPositions.put(key, filters.size() - 1);
            return filters.size() - 1;
        });
    }

    /** The inputs of a topic, by position. */
    List<Input> inputs(int topic) {
        return IntStream.range(0, inputs.size())
                .mapToObj(position -> Optional.ofNullable(inputs.get(position).get(topic))
                        .orElseGet(() -> new ViewPlan.Absent(inputType(position))))
                .toList();
    }

    /** The filters of a topic, by position. */
    List<ViewPlan.Filter> filters(int topic) {
        return filters.stream()
                .map(filter -> filter.getOrDefault(topic, ViewPlan.Whole.NONE))
                .toList();
    }

    /** What each of these topics reads, by topic; empty where one cannot, or where types differ. */
    private <T> Optional<Map<Integer, T>> each(
            Text text,
            List<Integer> topics,
            Function<TopicReader, TopicReader.Read<T>> read,
            Function<T, ValueType> type,
            Function<Collection<Integer>, String> advice) {
        Map<Integer, T> found = new LinkedHashMap<>();
        List<TopicReader.Read<T>> failed = new ArrayList<>();
        for (int topic : topics) {
            TopicReader.Read<T> each = read.apply(readers.get(topic));
            if (each.value() == null) {
                failed.add(each);
            } else {
                found.put(topic, each.value());
            }
        }
        if (!failed.isEmpty()) {
            String others = found.isEmpty() ? "" : advice.apply(found.keySet());
            failed.forEach(each -> problems.add(text, each.offset(), each.problem() + others));
            return Optional.empty();
        }
        int first = topics.get(0);
        ValueType expected = type.apply(found.get(first));
        for (int topic : topics) {
            ValueType other = type.apply(found.get(topic));
            if (!other.equals(expected)) {
                problems.add(
                        text,
                        0,
                        "Cannot read '" + text.text() + "' of topics '" + name(first) + "' and '" + name(topic)
                                + "' alike: found types " + expected + " and " + other + ", expected one");
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    /** How a feature counts the events of the topics that it can read. */
    private String from(Collection<Integer> topics) {
        List<String> names = topics.stream().map(this::name).toList();
        String list = names.size() == 1 ? names.get(0) : "[" + String.join(", ", names) + "]";
        return " (from: " + list + " would count only events that have it)";
    }

    private String name(int topic) {
        return readers.get(topic).source().topic();
    }

    private static ValueType typeOf(Map<Integer, Expression> found) {
        return found.values().iterator().next().type();
    }

    private static <T, R> Map<Integer, R> map(Map<Integer, T> found, Function<T, R> made) {
        return found.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> made.apply(entry.getValue())));
    }

    /** A field of the event in the words of an expression, {@code event.added}, as the field that it is. */
    private Text plain(Text text) {
        String written = text.text().strip();
        String path = written.startsWith(TopicReader.EVENT) ? written.substring(TopicReader.EVENT.length()) : "";
        boolean field = readers.stream().anyMatch(reader -> reader.has(path));
        return field ? new Text(path, text.line(), text.column()) : text;
    }

    private static boolean isPath(Text text) {
        return text.text().matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*")
                && !text.text().startsWith(TopicReader.EVENT);
    }
}
