/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import static io.freshet.cli.drift.Svg.escape;

import io.freshet.drift.ColumnDrift;
import io.freshet.drift.Measure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A comparison as one page of HTML that needs nothing else: no script, no font, no file. It follows the reader's choice of
 * light or dark, and says by words and shapes what colours repeat.
 */
public final class DriftPage {

    private static final String NOTES = """
            <h2 id="notes">What the numbers mean</h2>
            <dl class="notes">
            <dt>PSI</dt><dd>Population stability index: the sum over bins of (a &minus; b) ln(a / b), b the share of the
            baseline and a that of the rows held against it. Bins hold a tenth of the baseline each; a value with a tenth of its own is a bin of
            its own. Rule of thumb: below 0.1 little, above 0.25 much.</dd>
            <dt>JS</dt><dd>Jensen-Shannon divergence in bits, 0 for equal distributions to 1 for ones that share nothing; over
            bins that hold a twentieth of both sides each.</dd>
            <dt>KS</dt><dd>Statistic of Kolmogorov and Smirnov: the greatest difference between the shares of values up to x, over all x. Of numbers
            only.</dd>
            <dt>Nulls</dt><dd>How much the share of nulls changed.</dd>
            <dt>Label</dt><dd>How far the share of labels 1 moved at equal values of the column: 0 not at all, 1
            as if it had told all and now tells nothing. The information value says how much it tells. Of other labels: the difference of correlations.</dd>
            <dt>Chance</dt><dd>What two samples of one distribution reach in 1 of 1,000 comparisons. A value above its
            threshold but not above chance (~) is no drift: there are too few rows to tell. Rows of one entity resemble each
            other, so chance does a little more than that.</dd>
            <dt>What is compared</dt><dd>Values are known to 0.1 % of themselves. Of timestamps it is the age at the row's
            as_of, of lists and maps the number of elements. Values that were warming are left out.</dd>
            </dl>
            """;

    private static final String LEGEND = """
            <p class="legend"><span><svg viewBox="0 0 30 14" aria-hidden="true"><rect class="before" width="30" height="14"/>\
            </svg>baseline (filled)</span><span><svg viewBox="0 0 30 14" aria-hidden="true"><rect class="after" x="1" y="1" \
            width="28" height="12"/></svg>against (outline)</span></p>
            """;

    private DriftPage() {}

    /** The page. */
    public static String of(Comparison comparison) {
        boolean drift = comparison.report().isDrift();
        StringBuilder html = new StringBuilder();
        html.append("""
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Drift of %1$s</title>
                <style>
                %2$s</style></head>
                <body><main>
                <h1>Drift of %1$s</h1>
                <p class="verdict">%3$s %4$s</p>
                <dl class="sides"><dt>baseline</dt><dd>%5$s</dd><dt>against</dt><dd>%6$s</dd></dl>
                """.formatted(
                        escape(comparison.view()),
                        style(),
                        ColumnCard.status(drift ? ColumnDrift.Status.DRIFT : ColumnDrift.Status.OK),
                        "&ndash; " + escape(comparison.verdict()),
                        escape(comparison.baseline().text()),
                        escape(comparison.against().text())));
        html.append(summary(comparison));
        html.append("<h2 id=\"columns\">Columns</h2>\n").append(LEGEND).append("<div class=\"cards\">\n");
        comparison.compared().forEach(column -> html.append(ColumnCard.of(column)));
        return html.append("</div>\n")
                .append("<p class=\"quiet\">" + escape(comparison.notCompared()) + "</p>\n")
                .append(NOTES)
                .append("</main></body></html>\n")
                .toString();
    }

    private static String summary(Comparison comparison) {
        List<Measure.Name> names = comparison.hasLabels()
                ? List.of(Measure.Name.values())
                : List.of(Measure.Name.PSI, Measure.Name.JS, Measure.Name.KS, Measure.Name.NULLS);
        StringBuilder html = new StringBuilder(
                "<h2>Summary</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Summary\"><table"
                        + " class=\"summary\"><thead><tr><th scope=\"col\">Column</th><th scope=\"col\">Status</th>");
        names.forEach(name ->
                html.append("<th scope=\"col\">").append(ColumnCard.title(name)).append("</th>"));
        html.append("<th scope=\"col\">Rows</th><th scope=\"col\">Rows against</th></tr></thead><tbody>\n");
        for (ColumnDrift column : comparison.compared()) {
            String name = escape(column.name());
            html.append("<tr><th scope=\"row\"><a href=\"#c-%s\">%s</a></th><td>%s</td>"
                    .formatted(name, name, ColumnCard.status(column.status())));
            for (Measure.Name each : names) {
                html.append(column.measure(each)
                        .map(measure -> "<td" + ColumnCard.mark(measure) + ">" + ColumnCard.value(measure)
                                + (measure.isCrossed() ? " !" : measure.isChance() ? " ~" : "") + "</td>")
                        .orElse("<td>-</td>"));
            }
            html.append("<td>%s</td><td>%s</td></tr>\n"
                    .formatted(
                            Numbers.text(column.baseline().rows()),
                            Numbers.text(column.against().rows())));
        }
        return html.append("</tbody></table></div>\n").toString();
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(DriftPage.class.getResourceAsStream("page.css"), "page.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the style of the page", e);
        }
    }
}
