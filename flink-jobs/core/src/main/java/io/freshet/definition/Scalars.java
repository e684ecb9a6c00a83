/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.definition.FeatureView.Text;
import io.freshet.expression.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads single values of a definition. What is none is a problem, and empty. */
final class Scalars {

    private final Problems problems;

    Scalars(Problems problems) {
        this.problems = problems;
    }

    /** The duration under a key; empty where there is none. */
    Optional<Duration> duration(YamlMap map, String key) {
        return map.text(key).flatMap(this::duration);
    }

    Optional<Duration> duration(Text text) {
        Optional<Duration> found = Durations.parse(text.text());
        if (found.isEmpty()) {
            problems.add(text, 0, "Cannot read duration '" + text.text() + "': " + Durations.EXPECTED);
        }
        return found;
    }

    /** The duration above zero under a key; empty where there is none. */
    Optional<Duration> positive(YamlMap map, String key) {
        return map.text(key).flatMap(text -> positive(text, key));
    }

    Optional<Duration> positive(Text text, String key) {
        Optional<Duration> found = duration(text);
        if (found.filter(Duration::isZero).isPresent()) {
            problems.add(text, 0, "Cannot use '" + text.text() + "' for '" + key + "': expected more than zero");
            return Optional.empty();
        }
        return found;
    }

    /** The value under a key that is the lower case name of one of these; empty where there is none. */
    <E extends Enum<E>> Optional<E> choice(YamlMap map, String key, E[] values) {
        Optional<Text> text = map.text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String> known = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        int index = known.indexOf(text.get().text());
        if (index < 0) {
            problems.add(
                    text.get(),
                    0,
                    "Cannot use '" + text.get().text() + "' for '" + key + "': expected " + String.join(" or ", known));
            return Optional.empty();
        }
        return Optional.of(values[index]);
    }
}
