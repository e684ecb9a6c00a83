/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Algebra;
import io.freshet.function.Call;
import io.freshet.function.Computation;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Finish;
import io.freshet.function.Functions;
import io.freshet.function.Occurrence;
import io.freshet.function.Parameter;
import io.freshet.function.Reading;
import io.freshet.function.RefusedCallException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A function over events made by hand.
 *
 * @param <P> its partial state
 */
final class FunctionRun<P> {

    /** Overflows counted by {@link #value}. */
    int overflows;

    final Algebra<P> algebra;
    private final Computation computation;
    private P partial;
    private long offset;

    private FunctionRun(Computation computation, Algebra<P> algebra) {
        this.computation = computation;
        this.algebra = algebra;
        this.partial = algebra.create();
    }

    /** The function of that name, with defaults for arguments that are not given. */
    static FunctionRun<?> of(String label, Map<String, String> arguments, ValueType... types) {
        Computation bound = bind(label, arguments, types);
        return new FunctionRun<>(bound, (Algebra<?>) bound.partials());
    }

    /** The same over a window of that length. */
    static FunctionRun<?> over(long windowMillis, String label, Map<String, String> arguments, ValueType... types) {
        Computation bound = bind(OptionalLong.of(windowMillis), label, arguments, types);
        return new FunctionRun<>(bound, (Algebra<?>) bound.partials());
    }

    static Computation bind(String label, Map<String, String> arguments, ValueType... types) {
        return bind(OptionalLong.empty(), label, arguments, types);
    }

    private static Computation bind(
            OptionalLong windowMillis, String label, Map<String, String> arguments, ValueType... types) {
        FeatureFunction function = Functions.all().find(label).orElseThrow();
        Map<String, String> all = new TreeMap<>();
        for (Parameter parameter : function.parameters()) {
            parameter.otherwise().ifPresent(text -> all.put(parameter.name(), text));
        }
        all.putAll(arguments);
        try {
            return function.bind(new Call(List.of(types), new TreeMap<>(all), windowMillis));
        } catch (RefusedCallException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The computation that was bound. */
    Computation computation() {
        return computation;
    }

    /** Adds events of one input each, one millisecond after the other. */
    FunctionRun<P> from(long timeMillis, Object... values) {
        long time = timeMillis;
        for (Object value : values) {
            at(time++, value);
        }
        return this;
    }

    /** Adds an event at that time; those of one time come in order of their offsets. */
    FunctionRun<P> at(long timeMillis, Object... inputs) {
        return atOffset(timeMillis, 0, offset++, inputs);
    }

    FunctionRun<P> atOffset(long timeMillis, int partition, long offset, Object... inputs) {
        partial = algebra.add(partial, new Event(timeMillis, partition, offset, List.of(inputs)));
        return this;
    }

    /** Merges what another run of the same function has added. */
    @SuppressWarnings("unchecked") // a run of the same function
    FunctionRun<P> with(FunctionRun<?> other) {
        partial = algebra.merge(partial, (P) other.partial);
        return this;
    }

    /** Takes out what another run of the same function has added. */
    @SuppressWarnings("unchecked") // a run of the same function
    boolean without(FunctionRun<?> other) {
        return algebra.evict(partial, (P) other.partial);
    }

    /** The value of what has been added, as of that moment. */
    @Nullable
    Object asOf(long asOfMillis) {
        return value(partial, asOfMillis);
    }

    /** A partial state of events of one input each. */
    P of(Object... values) {
        P partial = algebra.create();
        for (Object value : values) {
            partial = algebra.add(partial, new Event(0, 0, 0, List.of(value)));
        }
        return partial;
    }

    /** A partial state of events of two inputs each. */
    P ofPairs(List<?> first, List<?> second) {
        P partial = algebra.create();
        for (int i = 0; i < first.size(); i++) {
            partial = algebra.add(partial, new Event(0, 0, 0, List.of(first.get(i), second.get(i))));
        }
        return partial;
    }

    /** The value of those events. */
    @Nullable
    Object valueOf(Object... values) {
        return value(of(values));
    }

    @Nullable
    Object value(P partial) {
        return value(partial, 0);
    }

    @SuppressWarnings("unchecked") // a computation's finish is one for its own partials
    private @Nullable Object value(P partial, long asOfMillis) {
        return ((Finish<P>) computation.finish()).value(partial, new Reading() {
            @Override
            public long asOfMillis() {
                return asOfMillis;
            }

            @Override
            public void countOverflow() {
                overflows++;
            }
        });
    }

    /** Two partial states merged, the first of which is then taken out again. */
    boolean comesAndGoes(P gone, P stays) {
        P both = algebra.merge(algebra.merge(algebra.create(), gone), stays);
        return algebra.evict(both, gone) && bytes(both).equals(bytes(stays));
    }

    /** What is written of it, as text. */
    String bytes(P partial) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            algebra.write(partial, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return java.util.HexFormat.of().formatHex(bytes.toByteArray());
    }

    private record Event(long timeMillis, int partition, long offset, List<Object> inputs) implements Occurrence {
        @Override
        public Object input(int position) {
            return inputs.get(position);
        }
    }
}
