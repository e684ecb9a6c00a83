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
    private static final Pattern MISMATCH =
            Pattern.compile("found no matching overload for '([^']+)' applied to '(.+)' \\(candidates: (.+)\\)");
    private static final Pattern DOTTED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
    private static final Pattern CALLED = Pattern.compile("\\s*\\(.*", Pattern.DOTALL);

    private CelFaults() {}

    /** The first fault, with its place and the nearest right spelling of a name that is not there. */
    static InvalidExpressionException describe(String text, List<CelIssue> issues, Set<String> variables) {
        CelIssue first = issues.get(0);
        int offset = Math.max(
                0,
                offset(
                        text,
                        first.getSourceLocation().getLine(),
                        first.getSourceLocation().getColumn()));
        Matcher undeclared = UNDECLARED.matcher(first.getMessage());
        if (undeclared.matches()) {
            return unknown(text, offset, undeclared.group(1), variables);
        }
        Matcher mismatch = MISMATCH.matcher(first.getMessage());
        if (mismatch.matches()) {
            return new InvalidExpressionException(
                    CelOverloads.mismatch(mismatch.group(1), mismatch.group(2), mismatch.group(3)), offset);
        }
        return new InvalidExpressionException(first.getMessage(), offset);
    }

    /** CEL shows an unknown function at its parenthesis and an unknown variable at its first letter. */
    private static InvalidExpressionException unknown(String text, int offset, String name, Set<String> variables) {
        if (CALLED.matcher(text.substring(offset)).matches()) {
            int start = Math.max(0, text.lastIndexOf(name, offset));
            return new InvalidExpressionException(
                    "Unknown function '" + name + "'" + CelOverloads.suggestion(name), start);
        }
        String written = nameAround(text, offset, name);
        int end = offset + written.length();
        if (end <= text.length() && CALLED.matcher(text.substring(end)).matches()) {
            return new InvalidExpressionException(
                    "Unknown function '" + written + "'" + CelOverloads.suggestion(written), offset);
        }
        return new InvalidExpressionException(
                "Cannot read '" + written + "': no such name" + Spelling.suggestion(written, variables), offset);
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
