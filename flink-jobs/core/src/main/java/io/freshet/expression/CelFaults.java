/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import dev.cel.common.CelIssue;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what CEL says of a faulty expression into what its author needs to know. */
final class CelFaults {

    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']+)'.*", Pattern.DOTALL);
    private static final Pattern DOTTED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

    private CelFaults() {}

    /** The first fault, with its place and the nearest right spelling of a name that is not there. */
    static InvalidExpressionException describe(String text, List<CelIssue> issues, Set<String> variables) {
        CelIssue first = issues.get(0);
        int offset = offset(
                text,
                first.getSourceLocation().getLine(),
                first.getSourceLocation().getColumn());
        Matcher undeclared = UNDECLARED.matcher(first.getMessage());
        if (undeclared.matches()) {
            String written = nameAround(text, offset, undeclared.group(1));
            return new InvalidExpressionException(
                    "Cannot read '" + written + "': no such name" + Spelling.suggestion(written, variables),
                    Math.max(0, offset));
        }
        return new InvalidExpressionException(first.getMessage(), Math.max(0, offset));
    }

    /** The whole dotted name at that place: CEL names only its first part. */
    private static String nameAround(String text, int offset, String fallback) {
        Matcher names = DOTTED.matcher(text);
        while (names.find()) {
            if (names.start() <= offset && offset < names.end() && names.group().startsWith(fallback)) {
                return names.group();
            }
        }
        return fallback;
    }

    /** CEL counts lines from 1 and columns, in code points, from 0. */
    private static int offset(String text, int line, int column) {
        int start = 0;
        for (int skipped = 1; skipped < line; skipped++) {
            start = text.indexOf('\n', start) + 1;
        }
        int points = Math.min(column, text.codePointCount(start, text.length()));
        return points < 0 ? start : text.offsetByCodePoints(start, points);
    }
}
