/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Algebra;
import io.freshet.function.Occurrence;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many numbers lie in each of the bins {@code (g^(i-1), g^i]} with {@code g = (1 + e) / (1 - e)}: the mapping of DDSketch
 * (Masson, Rim and Lee, VLDB 2019) without its collapsing of bins. Negative numbers have bins of their own, so has zero.
 * Counts are exact and can be taken out again, so order never shows and a percentile is within e of a true one.
 *
 * @param error the relative error e
 */
record LogBins(double error) implements Algebra<TreeMap<Integer, Long>> {

    /** Beyond the number of any bin, so that a bin's key has the sign of its numbers: bins of all doubles at an error of 1e-4. */
    private static final int MIDDLE = 1 << 23;

    private double base() {
        return (1 + error) / (1 - error);
    }

    private int key(double value) {
        if (value == 0) {
            return 0;
        }
        // Math.log may differ in the last bit from one run to the next.
        int bin = (int) Math.ceil(StrictMath.log(Math.abs(value)) / StrictMath.log(base()));
        return value > 0 ? MIDDLE + bin : -MIDDLE - bin;
    }

    /** The number of which every number of the bin is within the relative error. */
    private double middle(int key) {
        if (key == 0) {
            return 0;
        }
        double base = base();
        double below = StrictMath.pow(base, Math.abs(key) - MIDDLE - 1);
        double middle = Math.min(below * (2 * base / (base + 1)), Double.MAX_VALUE);
        return key > 0 ? middle : -middle;
    }

    /**
     * The number below which that share of all lies: of n in order, from 0, that of position floor(share * (n - 1)).
     *
     * @param share from 0 to 1
     */
    @Nullable
    Object percentile(TreeMap<Integer, Long> bins, BigDecimal share) {
        long total = bins.values().stream().mapToLong(Long::longValue).sum();
        if (total == 0) {
            return null;
        }
        long position = share.multiply(BigDecimal.valueOf(total - 1))
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
        long before = 0;
        for (Map.Entry<Integer, Long> bin : bins.entrySet()) {
            before += bin.getValue();
            if (before > position) {
                return middle(bin.getKey());
            }
        }
        throw new IllegalStateException("Position " + position + " of " + total + " is in no bin");
    }

    @Override
    public TreeMap<Integer, Long> create() {
        return new TreeMap<>();
    }

    @Override
    public TreeMap<Integer, Long> add(TreeMap<Integer, Long> bins, Occurrence event) {
        bins.merge(key(event.number(0)), 1L, Long::sum);
        return bins;
    }

    @Override
    public TreeMap<Integer, Long> merge(TreeMap<Integer, Long> into, TreeMap<Integer, Long> from) {
        from.forEach((bin, count) -> into.merge(bin, count, Long::sum));
        return into;
    }

    @Override
    public boolean evict(TreeMap<Integer, Long> from, TreeMap<Integer, Long> gone) {
        gone.forEach((bin, count) ->
                from.computeIfPresent(bin, (key, before) -> before.equals(count) ? null : before - count));
        return true;
    }

    @Override
    public TreeMap<Integer, Long> copy(TreeMap<Integer, Long> bins) {
        return new TreeMap<>(bins);
    }

    @Override
    public void write(TreeMap<Integer, Long> bins, DataOutput out) throws IOException {
        Varint.write(bins.size(), out);
        int previous = 0;
        for (Map.Entry<Integer, Long> bin : bins.entrySet()) {
            Varint.writeSigned((long) bin.getKey() - previous, out);
            Varint.write(bin.getValue(), out);
            previous = bin.getKey();
        }
    }

    @Override
    public TreeMap<Integer, Long> read(DataInput in) throws IOException {
        TreeMap<Integer, Long> bins = new TreeMap<>();
        int size = Varint.readCount(in);
        int previous = 0;
        for (int i = 0; i < size; i++) {
            previous += (int) Varint.readSigned(in);
            bins.put(previous, Varint.read(in));
        }
        return bins;
    }
}
