/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it.function;

import io.freshet.expression.ValueType;
import io.freshet.function.Algebra;
import io.freshet.function.Call;
import io.freshet.function.Computation;
import io.freshet.function.Description;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Occurrence;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.TreeSet;

/** An example of a user's own function: the longest time between two events that follow each other, ms. */
public final class LongestGap implements FeatureFunction {

    @Override
    public String label() {
        return "longest_gap";
    }

    @Override
    public Description description() {
        return new Description(
                Description.Group.OTHER,
                "Longest time between two events that follow each other, ms",
                "",
                "any, or *",
                "long",
                "null",
                "exact",
                "64 B for each different time of an event");
    }

    @Override
    public MainInput mainInput() {
        return MainInput.VALUES_OR_EVENTS;
    }

    @Override
    public Computation bind(Call call) {
        return Computation.<TreeSet<Long>>of(ValueType.LONG, new Times(), (times, at) -> {
            Long longest = null;
            Long previous = null;
            for (Long time : times) {
                if (previous != null) {
                    longest = Math.max(longest == null ? 0 : longest, time - previous);
                }
                previous = time;
            }
            return longest;
        });
    }

    /** The times of the events: the plainest partial state, with which the gap across two tiles is known, too. */
    record Times() implements Algebra<TreeSet<Long>> {

        @Override
        public TreeSet<Long> create() {
            return new TreeSet<>();
        }

        @Override
        public TreeSet<Long> add(TreeSet<Long> times, Occurrence event) {
            times.add(event.timeMillis());
            return times;
        }

        @Override
        public TreeSet<Long> merge(TreeSet<Long> into, TreeSet<Long> from) {
            into.addAll(from);
            return into;
        }

        /** Tiles do not overlap: what leaves is in no other. */
        @Override
        public boolean evict(TreeSet<Long> from, TreeSet<Long> gone) {
            from.removeAll(gone);
            return true;
        }

        @Override
        public TreeSet<Long> copy(TreeSet<Long> times) {
            return new TreeSet<>(times);
        }

        @Override
        public void write(TreeSet<Long> times, DataOutput out) throws IOException {
            Varint.write(times.size(), out);
            for (long time : times) {
                Varint.writeSigned(time, out);
            }
        }

        @Override
        public TreeSet<Long> read(DataInput in) throws IOException {
            TreeSet<Long> times = create();
            for (int left = Varint.readCount(in); left > 0; left--) {
                times.add(Varint.readSigned(in));
            }
            return times;
        }
    }
}
