/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import java.util.Locale;

/** A drawing as SVG, of fixed units, that a page scales to the width there is. */
final class Svg {

    private final StringBuilder text = new StringBuilder();

    /**
     * Begins a drawing.
     *
     * @param id unique in the page
     * @param title what it is, for those who do not see it
     * @param description what is to be seen
     */
    Svg(String id, double width, double height, String title, String description) {
        text.append("<svg class=\"plot\" viewBox=\"0 0 ")
                .append(number(width))
                .append(' ')
                .append(number(height))
                .append("\" role=\"img\" aria-labelledby=\"")
                .append(id)
                .append("-t ")
                .append(id)
                .append("-d\"><title id=\"")
                .append(id)
                .append("-t\">")
                .append(escape(title))
                .append("</title><desc id=\"")
                .append(id)
                .append("-d\">")
                .append(escape(description))
                .append("</desc>");
    }

    void rectangle(String style, double x, double y, double width, double height) {
        text.append("<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
                .formatted(style, number(x), number(y), number(width), number(height)));
    }

    void line(String style, double fromX, double fromY, double toX, double toY) {
        path(style, "M" + number(fromX) + " " + number(fromY) + "L" + number(toX) + " " + number(toY));
    }

    void circle(String style, double x, double y, double radius) {
        text.append("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>"
                .formatted(style, number(x), number(y), number(radius)));
    }

    void path(String style, String data) {
        text.append("<path class=\"")
                .append(style)
                .append("\" d=\"")
                .append(data)
                .append("\"/>");
    }

    /**
     * Writes a text.
     *
     * @param anchor {@code start}, {@code middle} or {@code end}: which part of it is at x
     */
    void text(String anchor, double x, double y, String written) {
        text.append("<text text-anchor=\"%s\" x=\"%s\" y=\"%s\">".formatted(anchor, number(x), number(y)))
                .append(escape(written))
                .append("</text>");
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Text as HTML and XML have it. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return text + "</svg>";
    }
}
