/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.accumulators.Accumulator;
import org.jspecify.annotations.Nullable;

/** What was counted, and some of the differences. Flink adds up those of all tasks. */
final class Tally implements Accumulator<Difference, Tally> {
    private static final long serialVersionUID = 1L;

    private static final int EXAMPLES = 20;

    /** What is counted beside causes. */
    enum Count {
        /** Events that the view takes, and events that it cannot use. */
        EVENTS,
        /** Rows that were compared. */
        ROWS,
        /** Those of them that are as a replay in the order of event time has them. */
        EQUAL,
        /** Rows of backfills, batches and other versions of the view, which are not judged. */
        OTHER_ROWS,
        /** Rows whose number differs, with all else right. */
        OTHER_SEQ,
        /** Values that the oracle was asked for. */
        ORACLE,
        /** Rows drawn for the oracle that it cannot judge: a function that it does not know, or too many events. */
        ORACLE_PASSED_OVER,
        /** Entities that were looked up in the online store. */
        ONLINE,
        /** Those of them whose newest row is there. */
        ONLINE_EQUAL
    }

    private final EnumMap<Cause, Long> causes = new EnumMap<>(Cause.class);
    private final EnumMap<Count, Long> counts = new EnumMap<>(Count.class);
    private final EnumMap<Cause, List<Difference>> examples = new EnumMap<>(Cause.class);
    private double worst;
    private @Nullable Difference worstDifference;

    void count(Count what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** Counts, without an example. */
    void count(Cause cause, long times) {
        if (times == 0) {
            return;
        }
        causes.merge(cause, times, Long::sum);
    }

    /** Counts it, and keeps it if it is among the first of its cause. */
    @Override
    public void add(Difference difference) {
        count(difference.cause(), 1);
        keep(difference);
    }

    /** Keeps it as an example if it is among the first of its cause, without counting. */
    void keep(Difference difference) {
        List<Difference> known = examples.computeIfAbsent(difference.cause(), cause -> new ArrayList<>());
        if (known.size() < EXAMPLES) {
            known.add(difference);
        }
    }

    /** Two numbers differ: remembered if none differ more. */
    void distance(double relative, Difference difference) {
        if (worstDifference == null || relative > worst) {
            worst = relative;
            worstDifference = difference;
        }
    }

    long of(Count what) {
        return counts.getOrDefault(what, 0L);
    }

    /** Causes that came up, and how often. */
    Map<Cause, Long> causes() {
        return new EnumMap<>(causes);
    }

    /** Examples, those first that nothing explains. */
    List<Difference> examples() {
        return examples.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(
                        (Difference difference) -> difference.cause().isExplained()))
                .limit(EXAMPLES)
                .toList();
    }

    /** The greatest relative distance of two numbers that should be equal; 0 for none. */
    double worst() {
        return worst;
    }

    Optional<Difference> worstDifference() {
        return Optional.ofNullable(worstDifference);
    }

    @Override
    public Tally getLocalValue() {
        return this;
    }

    @Override
    public void resetLocal() {
        causes.clear();
        counts.clear();
        examples.clear();
        worst = 0;
        worstDifference = null;
    }

    @Override
    public void merge(Accumulator<Difference, Tally> other) {
        Tally more = other.getLocalValue();
        more.causes.forEach(this::count);
        more.counts.forEach((what, times) -> counts.merge(what, times, Long::sum));
        more.examples.values().forEach(list -> list.forEach(this::keep));
        if (more.worstDifference != null) {
            distance(more.worst, more.worstDifference);
        }
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod") // Flink's contract: an independent copy
    public Tally clone() {
        Tally copy = new Tally();
        copy.merge(this);
        return copy;
    }
}
