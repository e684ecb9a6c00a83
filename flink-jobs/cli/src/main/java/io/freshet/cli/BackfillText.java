/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.backfill.BackfillDelay;
import io.freshet.backfill.BackfillReport;
import io.freshet.expression.Durations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of a backfill for people and for machines. */
final class BackfillText {

    private BackfillText() {}

    /** For people: one line per topic, a few per view; what is 0 and seldom is left out. */
    static String text(BackfillReport report) {
        List<String> lines = new ArrayList<>();
        for (BackfillReport.OfTopic topic : report.topics()) {
            read(lines, "topic " + topic.topic(), topic.ofTopic());
            if (topic.ofFiles().records() > 0) {
                read(lines, "files", topic.ofFiles());
            }
        }
        for (BackfillReport.OfView view : report.views()) {
            lines.add("view " + view.view() + ", rows available "
                    + Durations.format(view.delay().duration().toMillis()) + " after their as_of"
                    + basis(view.delay().basis()));
            line(lines, view.events(), "events");
            view.deadLetters().forEach((reason, number) -> line(lines, number, "events refused: " + reason));
            unlessNone(lines, view.overlap(), "events left out: topic and files both have them");
            line(lines, view.made(), "rows");
            line(lines, view.there(), "of them there already");
            unlessNone(lines, view.otherDelay(), "of those with another delay, which they keep");
            line(lines, view.written(), "of them written");
            unlessNone(lines, view.leftToLive(), "rows left to the live job, which has them");
            unlessNone(lines, view.notMade(), "rows of earlier backfills that are not made any more");
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static void read(List<String> lines, String where, BackfillReport.Read read) {
        lines.add(where
                + (read.firstMillis().isEmpty()
                        ? ""
                        : ", events of "
                                + Instant.ofEpochMilli(read.firstMillis().getAsLong()) + " to "
                                + Instant.ofEpochMilli(read.lastMillis().getAsLong())));
        line(lines, read.records(), "records read");
        read.deadLetters().forEach((reason, number) -> line(lines, number, "of them dead letters: " + reason));
    }

    private static String basis(BackfillDelay.Basis basis) {
        return switch (basis) {
            case GIVEN -> "";
            case EARLIER_BACKFILL -> " (as those that are there)";
            case MEASURED -> " (99 in 100 of the last live rows)";
        };
    }

    private static void unlessNone(List<String> lines, long number, String what) {
        if (number > 0) {
            line(lines, number, what);
        }
    }

    private static void line(List<String> lines, long number, String what) {
        lines.add(String.format(Locale.ROOT, "%,14d  %s", number, what));
    }

    /** For machines. */
    static Map<String, Object> fields(BackfillReport report) {
        List<Map<String, Object>> topics = new ArrayList<>();
        for (BackfillReport.OfTopic topic : report.topics()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("topic", topic.topic());
            fields.put("read", topic.ofTopic().records());
            fields.put("dead_letters", topic.ofTopic().deadLetters());
            fields.put("read_of_files", topic.ofFiles().records());
            fields.put("dead_letters_of_files", topic.ofFiles().deadLetters());
            topics.add(fields);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("topics", topics);
        fields.put("views", report.views().stream().map(BackfillText::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(BackfillReport.OfView view) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("view", view.view());
        fields.put("delay_ms", view.delay().duration().toMillis());
        fields.put("delay_from", view.delay().basis().name().toLowerCase(Locale.ROOT));
        fields.put("events", view.events());
        fields.put("events_in_both", view.overlap());
        fields.put("dead_letters", view.deadLetters());
        fields.put("rows", view.made());
        fields.put("there", view.there());
        fields.put("other_delay", view.otherDelay());
        fields.put("written", view.written());
        fields.put("left_to_live", view.leftToLive());
        fields.put("not_made_again", view.notMade());
        return fields;
    }
}
