/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import io.freshet.drift.Categories;
import io.freshet.drift.ColumnDrift;
import io.freshet.drift.ColumnProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The two distributions of a column for something else to draw: shares by bins of numbers, or of frequent texts. */
public final class PlotJson {

    private static final int MOST_TEXTS = 6;
    private static final int LONGEST_TEXT = 80;
    private static final double NOTHING = 1e-9;

    private PlotJson() {}

    /**
     * The fields: {@code edges}, {@code bent}, {@code baseline} and {@code against} of numbers; {@code texts} of texts. Empty
     * where one side has no values.
     */
    public static Optional<Map<String, Object>> of(ColumnDrift column) {
        if (column.baseline().values() == 0 || column.against().values() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                column.baseline().kind() == ColumnProfile.Kind.CATEGORY
                        ? Map.of("texts", texts(column))
                        : numbers(column));
    }

    private static Map<String, Object> numbers(ColumnDrift column) {
        boolean whole = column.baseline().isWhole();
        PlotScale scale =
                PlotScale.of(column.baseline().histogram(), column.against().histogram(), whole);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("edges", scale.edges());
        fields.put("bent", scale.bent());
        fields.put("baseline", scale.shares(column.baseline().histogram(), whole));
        fields.put("against", scale.shares(column.against().histogram(), whole));
        return fields;
    }

    private static List<Map<String, Object>> texts(ColumnDrift column) {
        Categories before = column.baseline().categories();
        Categories after = column.against().categories();
        Set<String> shown = new LinkedHashSet<>(before.top(MOST_TEXTS));
        shown.addAll(after.top(MOST_TEXTS));
        List<Map<String, Object>> texts = new ArrayList<>();
        double othersBefore = 1;
        double othersAfter = 1;
        for (String text : shown) {
            double shareBefore = before.count(text) / (double) before.total();
            double shareAfter = after.count(text) / (double) after.total();
            othersBefore -= shareBefore;
            othersAfter -= shareAfter;
            texts.add(text(Numbers.cut(text, LONGEST_TEXT), shareBefore, shareAfter));
        }
        if (Math.max(othersBefore, othersAfter) > NOTHING) {
            texts.add(text("all others", Math.max(0, othersBefore), Math.max(0, othersAfter)));
        }
        return texts;
    }

    private static Map<String, Object> text(String text, double before, double after) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("text", text);
        fields.put("baseline", before);
        fields.put("against", after);
        return fields;
    }
}
