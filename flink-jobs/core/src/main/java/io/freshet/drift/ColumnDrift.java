/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import io.freshet.definition.DriftLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a column of two profiles differs in.
 *
 * @param baseline its values before
 * @param against its values now
 * @param measures the measures that there are of such a column
 * @param label its relation to the label, where labels are given
 */
public record ColumnDrift(
        ColumnProfile baseline, ColumnProfile against, List<Measure> measures, Optional<LabelDrift> label) {

    /** What to make of it, in the order shown. */
    public enum Status {
        /** A threshold is crossed. */
        DRIFT,
        /** One would be, but for so few rows that chance alone does that. */
        CHANCE,
        /** No threshold is crossed. */
        OK,
        /** One side has no rows of it but warming ones. */
        NO_DATA
    }

    /** The worst first: by status, then by how many thresholds the worst measure is, then by name. */
    static final Comparator<ColumnDrift> WORST_FIRST = Comparator.comparing(ColumnDrift::status)
            .thenComparing(Comparator.comparingDouble(ColumnDrift::severity).reversed())
            .thenComparing(ColumnDrift::name);

    private static final int PSI_PARTS = 10;
    private static final int JS_PARTS = 20;

    public ColumnDrift {
        measures = List.copyOf(measures);
    }

    static ColumnDrift of(
            ColumnProfile baseline, ColumnProfile against, Optional<LabelDrift> label, DriftLimits.Limits limits) {
        List<Measure> measures = new ArrayList<>();
        double n = baseline.values();
        double m = against.values();
        Cuts deciles = Cuts.ofBaseline(baseline, against, PSI_PARTS);
        long[] before = deciles.counts(baseline);
        long[] after = deciles.counts(against);
        measures.add(new Measure(
                Measure.Name.PSI,
                Divergence.psi(before, after),
                limits.psi(),
                Chance.psi(n, m, Divergence.filled(before, after))));
        Cuts twentieths = Cuts.ofBoth(baseline, against, JS_PARTS);
        long[] one = twentieths.counts(baseline);
        long[] other = twentieths.counts(against);
        measures.add(new Measure(
                Measure.Name.JS,
                Divergence.jensenShannon(one, other),
                limits.js(),
                Chance.jensenShannon(n, m, Divergence.filled(one, other))));
        if (baseline.kind() != ColumnProfile.Kind.CATEGORY) {
            double ks = Divergence.kolmogorovSmirnov(baseline.histogram(), against.histogram());
            measures.add(new Measure(Measure.Name.KS, ks, limits.ks(), Chance.kolmogorovSmirnov(n, m)));
        }
        double nulls = (baseline.nulls() + against.nulls()) / (double) (baseline.rows() + against.rows());
        measures.add(new Measure(
                Measure.Name.NULLS,
                Math.abs(against.nullShare() - baseline.nullShare()),
                limits.nulls(),
                Chance.share(nulls, baseline.rows(), against.rows())));
        label.ifPresent(
                found -> measures.add(new Measure(Measure.Name.LABEL, found.change(), limits.label(), found.chance())));
        return new ColumnDrift(baseline, against, measures, label);
    }

    /** Name of the column. */
    public String name() {
        return baseline.name();
    }

    /** What to make of it. */
    public Status status() {
        if (measures.stream().anyMatch(Measure::isCrossed)) {
            return Status.DRIFT;
        }
        if (baseline.rows() == 0 || against.rows() == 0) {
            return Status.NO_DATA;
        }
        return measures.stream().anyMatch(Measure::isChance) ? Status.CHANCE : Status.OK;
    }

    /** The greatest measure, in thresholds. */
    public double severity() {
        return measures.stream().mapToDouble(Measure::severity).max().orElse(0);
    }

    /** A measure; empty where there is none of such a column. */
    public Optional<Measure> measure(Measure.Name name) {
        return measures.stream().filter(measure -> measure.name() == name).findFirst();
    }
}
