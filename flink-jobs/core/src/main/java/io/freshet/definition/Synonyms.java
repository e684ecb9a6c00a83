/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.util.Locale;
import java.util.Map;

/** What authors who know other tools write for the keys of a feature. */
final class Synonyms {

    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("avg", "mean"),
            Map.entry("average", "mean"),
            Map.entry("cnt", "count"),
            Map.entry("std", "stddev"),
            Map.entry("stdev", "stddev"),
            Map.entry("stddev_samp", "stddev"),
            Map.entry("var", "variance"),
            Map.entry("var_samp", "variance"),
            Map.entry("var_pop", "variance_pop"),
            Map.entry("distinct", "count_distinct"),
            Map.entry("distinct_count", "count_distinct"),
            Map.entry("nunique", "count_distinct"),
            Map.entry("approx_distinct", "approx_count_distinct"),
            Map.entry("hll", "approx_count_distinct"),
            Map.entry("total", "sum"),
            Map.entry("minimum", "min"),
            Map.entry("maximum", "max"),
            Map.entry("latest", "last"),
            Map.entry("earliest", "first"),
            Map.entry("median", "approx_percentile"),
            Map.entry("percentile", "approx_percentile"),
            Map.entry("quantile", "approx_percentile"),
            Map.entry("corr", "correlation"),
            Map.entry("covar", "covariance"),
            Map.entry("by_category", "per"),
            Map.entry("group_by", "per"),
            Map.entry("source", "from"),
            Map.entry("topic", "from"),
            Map.entry("topics", "from"),
            Map.entry("filter", "where"),
            Map.entry("over", "windows"));

    private Synonyms() {}

    /** The key that the written one means elsewhere, or the written one. Case does not count. */
    static String meant(String written) {
        return MEANT.getOrDefault(written.toLowerCase(Locale.ROOT), written);
    }
}
