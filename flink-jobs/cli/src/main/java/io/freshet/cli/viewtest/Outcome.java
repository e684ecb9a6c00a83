/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import io.freshet.event.DeadLetterReason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What becomes of an event.
 *
 * @param label {@code row}, {@code filtered}, or the reason for which it is a dead letter: {@code late}
 * @param detail what is wrong with it; empty where it is no dead letter
 */
record Outcome(String label, String detail) {

    /** It counts, or is held until the watermark passes it. */
    static final Outcome ROW = new Outcome("row", "");

    /** The view's {@code where} passes it over. */
    static final Outcome FILTERED = new Outcome("filtered", "");

    /** What a test can expect of an event. */
    static final List<String> LABELS = Stream.concat(
                    // A test writes events, never bytes.
                    Arrays.stream(DeadLetterReason.values())
                            .filter(reason -> reason != DeadLetterReason.UNDECODABLE)
                            .map(DeadLetterReason::label),
                    Stream.of(FILTERED.label))
            .toList();

    /** It is put aside. */
    static Outcome dead(DeadLetterReason reason, String detail) {
        return new Outcome(reason.label(), detail);
    }

    /** The outcome that a test names so. */
    static Optional<Outcome> expected(String label) {
        return LABELS.contains(label) ? Optional.of(new Outcome(label, "")) : Optional.empty();
    }

    boolean is(Outcome other) {
        return label.equals(other.label);
    }

    /** Whether it is put aside. */
    boolean isDead() {
        return !is(ROW) && !is(FILTERED);
    }

    /** For messages. */
    String text() {
        if (is(ROW)) {
            return "an event that counts";
        }
        return is(FILTERED) ? "filtered: the view's 'where' is not true" : label + ": " + detail;
    }
}
