/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.verify.Cause;
import io.freshet.verify.Difference;
import io.freshet.verify.VerifyReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The report of a verification for people and for machines.
 *
 * @param report the report
 * @param seed what drew the values that the oracle was asked for
 */
record VerifyText(VerifyReport report, long seed) {

    /** For people: a line for each count, and one for each difference that nothing explains. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("view " + report.view());
        line(lines, report.events(), "events");
        line(lines, report.rows().compared(), "rows that the job committed");
        line(lines, report.rows().equal(), "of them equal, bit for bit, to a replay in order of event time");
        report.causes().forEach((cause, times) -> line(lines, times, cause.label() + ": " + meaning(cause)));
        unlessNone(lines, report.rows().others(), "other rows, of backfills or other definitions: not compared");
        unlessNone(lines, report.rows().renumbered(), "rows that are right but for their number");
        line(lines, report.oracle().asked(), "values compared with the oracle's (seed " + seed + ")" + passedOver());
        line(
                lines,
                report.online().lookedUp(),
                String.format(
                        Locale.ROOT,
                        "entities looked up in Redis; %,d hold the newest committed row",
                        report.online().equal()));
        if (!report.knowsProgress()) {
            lines.add(
                    "The job has not told Kafka how far it is: rows that lack at the end of an entity are not missed.");
        }
        report.worst()
                .ifPresent(worst -> lines.add(String.format(
                        Locale.ROOT,
                        "Worst difference of two numbers: %.3g of the greater, %s",
                        worst.relative(),
                        place(worst.difference()))));
        lines.add(String.format(
                Locale.ROOT,
                report.isClean() ? "%,14d  differences unexplained" : "%,14d  differences unexplained:",
                report.unexplained()));
        report.examples().stream()
                .filter(difference -> !difference.cause().isExplained())
                .forEach(difference -> lines.add("  " + line(difference)));
        return lines;
    }

    private String passedOver() {
        long times = report.oracle().passedOver();
        return times == 0 ? "" : String.format(Locale.ROOT, "; %,d drawn that it cannot judge", times);
    }

    private static void unlessNone(List<String> lines, long number, String what) {
        if (number > 0) {
            line(lines, number, what);
        }
    }

    private static void line(List<String> lines, long number, String what) {
        lines.add(String.format(Locale.ROOT, "%,14d  %s", number, what));
    }

    private static String line(Difference difference) {
        return difference.cause().label() + ": " + place(difference) + ": expected " + difference.expected()
                + ", found " + difference.found();
    }

    private static String place(Difference difference) {
        String column = difference.column().isEmpty() ? "" : "." + difference.column();
        String entity = difference.entity().isEmpty()
                ? ""
                : " of '" + difference.entity() + "' as of " + Instant.ofEpochMilli(difference.asOfMillis());
        return difference.view() + column + entity;
    }

    private static String meaning(Cause cause) {
        return switch (cause) {
            case OUT_OF_ORDER -> "rows that are right in the order in which their events came";
            case LATE -> "events without a row, among the dead letters as late";
            case DEAD_LETTER -> "events without a row, among the dead letters";
            case COALESCED -> "events that share the row of a later one";
            case NOT_YET_WRITTEN -> "events and rows that the job has not come to, or holds back";
            case NOT_YET_COMMITTED -> "entities whose row in Redis is right, and not committed to the history";
            case NOT_VERIFIABLE -> "rows and events of which the other side was deleted, or never was";
            case EXPIRED_ONLINE -> "entities whose time to live in Redis is over";
            case FLOAT_ROUNDING -> "rows off by less than a billionth; every bit is owed";
            case WRONG_VALUE -> "rows with other values than their events give";
            case MISSING_ROW -> "rows that the events give and the history lacks";
            case EXTRA_ROW -> "rows that no event and no expiry gives";
            case DUPLICATE_ROW -> "rows that are there twice";
            case WRONG_ORDER -> "rows in an order in which events cannot have come";
            case DROPPED_EVENT -> "events that no view can use, and without a dead letter";
            case WRONG_ONLINE -> "entities of which Redis holds something else";
            case ORACLE_DISAGREES -> "values that are not the oracle's";
        };
    }

    /** For machines. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("view", report.view());
        fields.put("clean", report.isClean());
        fields.put("events", report.events());
        fields.put("rows", report.rows().compared());
        fields.put("equal", report.rows().equal());
        Map<String, Object> explained = new LinkedHashMap<>();
        Map<String, Object> unexplained = new LinkedHashMap<>();
        report.causes()
                .forEach((cause, times) -> (cause.isExplained() ? explained : unexplained).put(name(cause), times));
        fields.put("explained", explained);
        fields.put("unexplained", unexplained);
        fields.put("other_rows", report.rows().others());
        fields.put("renumbered", report.rows().renumbered());
        fields.put("oracle", report.oracle().asked());
        fields.put("oracle_passed_over", report.oracle().passedOver());
        fields.put("seed", seed);
        fields.put("online", report.online().lookedUp());
        fields.put("online_equal", report.online().equal());
        fields.put("knows_progress", report.knowsProgress());
        report.worst().ifPresent(worst -> {
            fields.put("worst_difference", worst.relative());
            fields.put("worst", fields(worst.difference()));
        });
        fields.put(
                "examples", report.examples().stream().map(VerifyText::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Difference difference) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("cause", name(difference.cause()));
        fields.put("entity", difference.entity());
        fields.put("as_of", difference.asOfMillis());
        fields.put("column", difference.column());
        fields.put("expected", difference.expected());
        fields.put("found", difference.found());
        return fields;
    }

    private static String name(Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }
}
