/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import io.freshet.drift.ColumnDrift;
import io.freshet.drift.ColumnProfile;
import io.freshet.drift.LabelDrift;
import io.freshet.drift.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A comparison for machines: names in snake case, times in ms since 1970 UTC, ages in seconds; null for what is unknown. */
public final class DriftJson {

    private static final int MOST_TEXTS = 10;
    private static final double[] QUANTILES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

    private DriftJson() {}

    /** The fields of the object. */
    public static Map<String, @Nullable Object> of(Comparison comparison) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("view", comparison.view());
        fields.put("drift", comparison.report().isDrift());
        fields.put("baseline", side(comparison.baseline()));
        fields.put("against", side(comparison.against()));
        fields.put("columns", columns(comparison));
        return fields;
    }

    /** The fields of each column, the worst first. */
    public static List<Map<String, @Nullable Object>> columns(Comparison comparison) {
        return comparison.report().columns().stream().map(DriftJson::column).toList();
    }

    private static Map<String, @Nullable Object> side(Side side) {
        boolean timed = side.profile().earliestMillis() <= side.profile().latestMillis();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("source", side.source());
        fields.put("which", side.rows());
        fields.put("rows", side.profile().rows());
        fields.put("earliest_as_of", timed ? side.profile().earliestMillis() : null);
        fields.put("latest_as_of", timed ? side.profile().latestMillis() : null);
        fields.put("versions", side.profile().versions());
        if (side.profile().labels().count() > 0) {
            fields.put("labels", side.profile().labels().count());
            fields.put("label_mean", known(side.profile().labels().mean()));
        }
        return fields;
    }

    private static Map<String, @Nullable Object> column(ColumnDrift column) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("column", column.name());
        fields.put("type", column.baseline().type().toString());
        fields.put("looked_at", column.baseline().kind().name().toLowerCase(Locale.ROOT));
        fields.put("status", column.status().name().toLowerCase(Locale.ROOT));
        for (Measure measure : column.measures()) {
            fields.put(measure.name().key(), measure(measure));
        }
        fields.put("baseline", profile(column.baseline()));
        fields.put("against", profile(column.against()));
        column.label().ifPresent(label -> fields.put("relation", relation(label)));
        return fields;
    }

    private static Map<String, @Nullable Object> measure(Measure measure) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("value", known(measure.value()));
        fields.put("threshold", known(measure.threshold()));
        fields.put("chance", known(measure.chance()));
        fields.put("crossed", measure.isCrossed());
        return fields;
    }

    private static Map<String, @Nullable Object> profile(ColumnProfile of) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rows", of.rows());
        fields.put("nulls", of.nulls());
        fields.put("warming", of.warming());
        fields.put("not_finite", of.notFinite());
        if (of.kind() == ColumnProfile.Kind.CATEGORY) {
            fields.put("distinct", of.categories().distinct());
            Map<String, Object> top = new LinkedHashMap<>();
            of.categories()
                    .top(MOST_TEXTS)
                    .forEach(text -> top.put(text, of.categories().count(text)));
            fields.put("most_frequent", top);
            fields.put("counts_too_low_by_up_to", of.categories().error());
        } else {
            fields.put("mean", known(of.moments().mean()));
            fields.put("stddev", known(of.moments().stddev()));
            Map<String, @Nullable Object> quantiles = new LinkedHashMap<>();
            for (double quantile : QUANTILES) {
                quantiles.put(String.valueOf(quantile), known(of.quantile(quantile)));
            }
            fields.put("quantiles", quantiles);
            fields.put("relative_error", of.histogram().relativeError());
        }
        return fields;
    }

    private static Map<String, @Nullable Object> relation(LabelDrift label) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        String strength = label.isBinary() ? "information_value" : "correlation";
        fields.put(strength, pair(label.strength()));
        if (label.isBinary()) {
            fields.put("mutual_information_bits", pair(label.information()));
            List<Map<String, @Nullable Object>> rates = new ArrayList<>();
            for (LabelDrift.Rate rate : label.rates()) {
                Map<String, @Nullable Object> bin = new LinkedHashMap<>();
                bin.put("bin", rate.name());
                bin.put("baseline_rows", rate.baseline());
                bin.put("baseline_rate", known(rate.baselineRate()));
                bin.put("against_rows", rate.against());
                bin.put("against_rate", known(rate.againstRate()));
                rates.add(bin);
            }
            fields.put("rates", rates);
        }
        return fields;
    }

    private static Map<String, @Nullable Object> pair(LabelDrift.Pair pair) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("baseline", known(pair.baseline()));
        fields.put("against", known(pair.against()));
        return fields;
    }

    private static @Nullable Object known(double value) {
        return Double.isFinite(value) ? (Object) value : null;
    }
}
