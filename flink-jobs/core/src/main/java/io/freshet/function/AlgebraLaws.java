/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Tries the laws that {@link Algebra} states, on random events: for the tests of functions, those of users' jars among
 * them. Two partial states count as equal where their values are, now and after the same further event.
 *
 * @param <P> the partial state
 */
public final class AlgebraLaws<P> {

    private static final int ROUNDS = 100;
    private static final int MOST_EVENTS = 6;

    /** How far values of an algebra that is not exact may differ, as a share of 1 and their size. */
    private static final double ROUNDING = 1e-9;

    private final Algebra<P> algebra;
    private final Finish<P> finish;
    private final RandomOccurrences events;

    private AlgebraLaws(Algebra<P> algebra, Finish<P> finish, RandomOccurrences events) {
        this.algebra = algebra;
        this.finish = finish;
        this.events = events;
    }

    /**
     * Tries each law of what the function computes for a call, a hundred times.
     *
     * @throws IllegalStateException names the law that does not hold, and the seed
     * @throws RefusedCallException if the function refuses the call
     */
    public static void check(FeatureFunction function, Call call) throws RefusedCallException {
        Computation computation = function.bind(call);
        if (!(computation.partials() instanceof Algebra<?> algebra)) {
            throw new IllegalArgumentException("The function " + function.label() + " has no algebra of its own");
        }
        for (long seed = 1; seed <= ROUNDS; seed++) {
            RandomOccurrences events = new RandomOccurrences(call.inputs(), algebra.skipsNulls(), new Random(seed));
            try {
                of(algebra, computation, events).check();
            } catch (IOException | RuntimeException e) {
                throw new IllegalStateException(
                        "The function " + function.label() + " of " + call.inputs() + ", seed " + seed + ": "
                                + e.getMessage(),
                        e);
            }
        }
    }

    @SuppressWarnings("unchecked") // a computation's finish is one for its own partials
    private static <P> AlgebraLaws<P> of(Algebra<P> algebra, Computation computation, RandomOccurrences events) {
        return new AlgebraLaws<>(algebra, (Finish<P>) computation.finish(), events);
    }

    private void check() throws IOException {
        List<Occurrence> old = events.some(MOST_EVENTS);
        List<Occurrence> middle = events.some(MOST_EVENTS);
        List<Occurrence> young = events.some(MOST_EVENTS);
        Occurrence further = events.one();

        same("nothing is neutral", further, merged(algebra.create(), of(old)), of(old));
        same("nothing is neutral", further, merged(of(old), algebra.create()), of(old));
        same("the same events give the same bits", further, of(old), of(old));

        P one = algebra.add(algebra.create(), young.get(0));
        alike("adding is merging", further, algebra.add(of(old), young.get(0)), merged(of(old), one));

        P left = merged(merged(of(old), of(middle)), of(young));
        alike("merging is associative", further, left, merged(of(old), merged(of(middle), of(young))));
        List<Occurrence> all = new ArrayList<>(old);
        all.addAll(middle);
        alike("merging is adding", further, merged(of(old), of(middle)), of(all));
        if (algebra.isExact()) {
            same("order never shows", further, merged(of(middle), of(old)), of(all));
        }

        P rest = merged(of(old), of(middle));
        if (algebra.evict(rest, of(old))) {
            same("evicting leaves the rest", further, rest, of(middle));
        }
        P kept = of(middle);
        merged(algebra.create(), kept);
        merged(of(old), kept);
        same("merging leaves the other", further, kept, of(middle));
        copies(old, further);
    }

    private void copies(List<Occurrence> old, Occurrence further) throws IOException {
        P original = of(old);
        same("a copy is equal", further, algebra.copy(original), of(old));
        same("a copy shares nothing", further, original, of(old));

        original = of(old);
        P read = rewritten(original);
        same("what is written is read again", further, read, of(old));
        same("writing changes nothing", further, original, of(old));
        same("nothing is written and read again", further, rewritten(algebra.create()), algebra.create());
    }

    private P of(List<Occurrence> occurrences) {
        P partial = algebra.create();
        for (Occurrence each : occurrences) {
            partial = algebra.add(partial, each);
        }
        return partial;
    }

    private P merged(P into, P from) {
        return algebra.merge(into, from);
    }

    private P rewritten(P partial) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        algebra.write(partial, new DataOutputStream(bytes));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        P read = algebra.read(in);
        if (in.available() > 0) {
            throw new IOException("reading left " + in.available() + " bytes of " + bytes.size());
        }
        return read;
    }

    /** Equal to the bit; both are of no use afterwards. */
    private void same(String law, Occurrence further, P left, P right) {
        require(law, value(left), value(right), 0);
        require(law, value(algebra.add(left, further)), value(algebra.add(right, further)), 0);
    }

    /** Equal, of an algebra that is not exact up to rounding; both are of no use afterwards. */
    private void alike(String law, Occurrence further, P left, P right) {
        double rounding = algebra.isExact() ? 0 : ROUNDING;
        require(law, value(left), value(right), rounding);
        require(law, value(algebra.add(left, further)), value(algebra.add(right, further)), rounding);
    }

    private @Nullable Object value(P partial) {
        return finish.value(partial, events.reading());
    }

    private static void require(String law, @Nullable Object left, @Nullable Object right, double rounding) {
        if (!agree(left, right, rounding)) {
            throw new IllegalStateException(law + ": does not hold, one is " + left + ", the other " + right);
        }
    }

    private static boolean agree(@Nullable Object left, @Nullable Object right, double rounding) {
        if (rounding == 0 || left == null || right == null) {
            return Objects.equals(left, right);
        }
        if (left instanceof Double number) {
            double distance = Math.abs(number - (Double) right);
            return distance <= rounding * (1 + Math.abs(number));
        }
        if (left instanceof Map<?, ?> map && right instanceof Map<?, ?> other) {
            return map.keySet().equals(other.keySet())
                    && map.keySet().stream().allMatch(key -> agree(map.get(key), other.get(key), rounding));
        }
        if (left instanceof List<?> list && right instanceof List<?> other) {
            Iterator<?> others = other.iterator();
            return list.size() == other.size() && list.stream().allMatch(each -> agree(each, others.next(), rounding));
        }
        return left.equals(right);
    }
}
