/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where the values of a column are cut into bins, which two profiles are then counted in. Numbers are cut where equal
 * shares of them lie between; a value that has such a share of its own (0 is common) is a bin of its own. There are fewer
 * bins where a side has less than 10 values for each, as of so few chance makes too much. Texts are a bin each where 1 % of
 * either profile are that text, 10 or more, the 20 most frequent of each; all others are one bin. The first and last bins
 * of numbers are open.
 */
abstract class Cuts {

    private static final int MOST_TEXTS = 20;
    private static final double LEAST_SHARE = 0.01;
    private static final long LEAST_COUNT = 10;
    private static final int FEWEST_PARTS = 2;
    /** So that shares which are equal but for rounding count as equal. */
    private static final double ROUNDING = 1e-12;

    private static final double ROUNDED_BOUND = 1e-9;
    private static final double GREATEST_PLAIN = 1e6;

    /** How many values of a profile are in each bin. */
    abstract long[] counts(ColumnProfile profile);

    /** What is in each bin, for people. */
    abstract List<String> names();

    /** Bins of equal shares of the baseline, as the other has them too. */
    static Cuts ofBaseline(ColumnProfile baseline, ColumnProfile against, int parts) {
        return of(baseline, against, parts, 1);
    }

    /** Bins of equal shares of both, each of which counts as half, however many values it has. */
    static Cuts ofBoth(ColumnProfile baseline, ColumnProfile against, int parts) {
        return of(baseline, against, parts, 0.5);
    }

    private static Cuts of(ColumnProfile baseline, ColumnProfile against, int parts, double weight) {
        if (baseline.kind() == ColumnProfile.Kind.CATEGORY) {
            Set<String> texts = new LinkedHashSet<>(frequent(baseline.categories()));
            texts.addAll(frequent(against.categories()));
            return new Texts(List.copyOf(texts));
        }
        Histogram one = baseline.histogram().withBinsOf(against.histogram());
        Histogram other = against.histogram().withBinsOf(baseline.histogram());
        TreeMap<Integer, Double> shares = new TreeMap<>();
        addShares(one, weight, shares);
        addShares(other, 1 - weight, shares);
        long affordable = Math.min(one.total(), other.total()) / LEAST_COUNT;
        return new Numbers(
                one, baseline.isWhole(), uppers(shares, 1.0 / Math.max(FEWEST_PARTS, Math.min(parts, affordable))));
    }

    private static void addShares(Histogram of, double weight, TreeMap<Integer, Double> shares) {
        for (int i = 0; weight > 0 && i < of.size(); i++) {
            shares.merge(of.key(i), weight * of.count(i) / of.total(), Double::sum);
        }
    }

    /**
     * The number of the last fine bin of each bin but the last, which is open. Bins end where the share of what is below
     * reaches a multiple of the part, counted from the last value that is a bin of its own; none is left with less than
     * half a part but beside such values.
     */
    private static int[] uppers(TreeMap<Integer, Double> shares, double part) {
        int[] uppers = new int[2 * shares.size()];
        int size = 0;
        double below = 0;
        double closed = 0;
        double target = part;
        boolean afterAlone = true;
        for (Map.Entry<Integer, Double> each : shares.entrySet()) {
            int key = each.getKey();
            boolean alone = each.getValue() >= part - ROUNDING;
            if (alone && (size == 0 || uppers[size - 1] < key - 1)) {
                // What is below it but little joins the bin before.
                size -= !afterAlone && below - closed < part / 2 ? 1 : 0;
                uppers[size++] = key - 1;
            }
            below += each.getValue();
            if (alone || below >= target - ROUNDING && 1 - below >= part / 2) {
                uppers[size++] = key;
                closed = below;
                target = alone ? below + part : target + part;
                afterAlone = alone;
            }
        }
        return Arrays.copyOf(uppers, size);
    }

    private static List<String> frequent(Categories of) {
        return of.top(MOST_TEXTS).stream()
                .filter(text -> of.count(text) >= Math.max(LEAST_COUNT, LEAST_SHARE * of.total()))
                .toList();
    }

    /** Bins of numbers. */
    private static final class Numbers extends Cuts {
        private final Histogram like;
        private final boolean whole;
        private final int[] uppers;

        Numbers(Histogram like, boolean whole, int[] uppers) {
            this.like = like;
            this.whole = whole;
            this.uppers = uppers;
        }

        @Override
        long[] counts(ColumnProfile profile) {
            Histogram histogram = profile.histogram().withBinsOf(like);
            long[] counts = new long[uppers.length + 1];
            int bin = 0;
            for (int i = 0; i < histogram.size(); i++) {
                while (bin < uppers.length && histogram.key(i) > uppers[bin]) {
                    bin++;
                }
                counts[bin] += histogram.count(i);
            }
            return counts;
        }

        @Override
        List<String> names() {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < uppers.length; i++) {
                if (isSingle(i)) {
                    names.add(text(like.valueOfBin(uppers[i], whole)));
                } else if (isSingle(i + 1)) {
                    names.add("below " + text(like.valueOfBin(uppers[i + 1], whole)));
                } else {
                    names.add("to " + text(bound(uppers[i])));
                }
            }
            int last = uppers.length - 1;
            if (last < 0) {
                names.add("all");
            } else {
                names.add("above " + text(isSingle(last) ? like.valueOfBin(uppers[last], whole) : bound(uppers[last])));
            }
            return List.copyOf(names);
        }

        /** Whether a bin is one fine bin: a value that is a bin of its own. */
        private boolean isSingle(int bin) {
            return bin > 0 && bin < uppers.length && uppers[bin] - uppers[bin - 1] == 1;
        }

        private double bound(int upper) {
            double bound = like.upperBound(upper);
            return whole ? Math.floor(bound + Math.abs(bound) * ROUNDED_BOUND) : bound;
        }

        private String text(double value) {
            boolean plain = value == 0 || whole && Math.abs(value) < GREATEST_PLAIN;
            return plain ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.4g", value);
        }
    }

    /** Bins of texts; the last is all others. */
    private static final class Texts extends Cuts {
        private final List<String> texts;

        Texts(List<String> texts) {
            this.texts = texts;
        }

        @Override
        long[] counts(ColumnProfile profile) {
            Categories categories = profile.categories();
            long[] counts = new long[texts.size() + 1];
            long others = categories.total();
            for (int i = 0; i < texts.size(); i++) {
                counts[i] = categories.count(texts.get(i));
                others -= counts[i];
            }
            counts[texts.size()] = others;
            return counts;
        }

        @Override
        List<String> names() {
            List<String> names = new ArrayList<>(texts);
            names.add("(others)");
            return List.copyOf(names);
        }
    }
}
