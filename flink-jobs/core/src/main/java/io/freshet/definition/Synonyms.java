/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
            Map.entry("filter", "where"),
            Map.entry("over", "windows"));

    private Synonyms() {}

    /** The known key that the written one means elsewhere, if there is one. Case does not count. */
    static Optional<String> of(String written, Collection<String> known) {
        return Optional.ofNullable(MEANT.get(written.toLowerCase(Locale.ROOT))).filter(known::contains);
    }
}
