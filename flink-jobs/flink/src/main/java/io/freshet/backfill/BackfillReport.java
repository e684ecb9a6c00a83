/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.backfill.Counts.Count;
import io.freshet.event.DeadLetterReason;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a backfill did, or has done so far.
 *
 * @param topics what was read
 * @param views what became of it
 */
public record BackfillReport(List<OfTopic> topics, List<OfView> views) {

    /**
     * What was read of a topic and of the files of its older events.
     *
     * @param topic its name
     * @param ofTopic what was read of the topic
     * @param ofFiles what was read of files
     */
    public record OfTopic(String topic, Read ofTopic, Read ofFiles) {}

    /**
     * What was read somewhere.
     *
     * @param records events and others
     * @param firstMillis least event time, ms since 1970 UTC; empty of no events
     * @param lastMillis greatest event time, ms since 1970 UTC; empty of no events
     * @param deadLetters of the records: no event of any view, by reason; not written to the dead letters
     */
    public record Read(
            long records, OptionalLong firstMillis, OptionalLong lastMillis, SortedMap<String, Long> deadLetters) {}

    /**
     * What became of a view. {@code made} is {@code there} and {@code written} together.
     *
     * @param view its name
     * @param delay how long after its as_of a row is available
     * @param events events of the view, after its filter
     * @param overlap events left out because topic and files both have them
     * @param deadLetters events that it refuses, by reason; not written to the dead letters
     * @param made rows made, of the time that was asked for
     * @param there of these: in the history already
     * @param otherDelay of these: available there after another delay, which they keep
     * @param written of these: written
     * @param leftToLive rows that were not needed: live rows of the entity are complete from before them on
     * @param notMade rows of earlier backfills, of the time that was asked for, that this one does not make: their events
     *     are gone, or others have come before them
     */
    public record OfView(
            String view,
            BackfillDelay delay,
            long events,
            long overlap,
            SortedMap<String, Long> deadLetters,
            long made,
            long there,
            long otherDelay,
            long written,
            long leftToLive,
            long notMade) {}

    /**
     * The report of a backfill.
     *
     * @param counts what its job has counted, by name
     */
    public static BackfillReport of(BackfillSpec spec, Map<String, Long> counts) {
        return new BackfillReport(
                spec.topics().stream()
                        .map(topic -> new OfTopic(
                                topic.name(),
                                read(counts, JobCounts.topic(topic.name())),
                                read(counts, JobCounts.files(topic.name()))))
                        .toList(),
                spec.views().stream().map(view -> ofView(view, counts)).toList());
    }

    /** Records read of all topics, without those of files. */
    public long read() {
        return topics.stream().mapToLong(topic -> topic.ofTopic().records()).sum();
    }

    private static Read read(Map<String, Long> counts, String where) {
        long first = counts.getOrDefault(JobCounts.first(where), Long.MAX_VALUE);
        long last = counts.getOrDefault(JobCounts.last(where), Long.MIN_VALUE);
        boolean known = first <= last;
        return new Read(
                counts.getOrDefault(JobCounts.read(where), 0L),
                known ? OptionalLong.of(first) : OptionalLong.empty(),
                known ? OptionalLong.of(last) : OptionalLong.empty(),
                letters(counts, JobCounts.deadLetters(where)));
    }

    private static OfView ofView(BackfillSpec.View view, Map<String, Long> counts) {
        String name = view.name();
        return new OfView(
                name,
                view.delay(),
                count(counts, name, Count.EVENTS),
                count(counts, name, Count.OVERLAP),
                letters(counts, JobCounts.viewDeadLetters(name)),
                count(counts, name, Count.MADE),
                count(counts, name, Count.THERE),
                count(counts, name, Count.OTHER_DELAY),
                count(counts, name, Count.LACKING),
                count(counts, name, Count.LIVE),
                count(counts, name, Count.NOT_MADE));
    }

    private static long count(Map<String, Long> counts, String view, Count count) {
        return counts.getOrDefault(JobCounts.name(view, count), 0L);
    }

    private static SortedMap<String, Long> letters(Map<String, Long> counts, String prefix) {
        SortedMap<String, Long> letters = new TreeMap<>();
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            Long number = counts.get(prefix + reason.label());
            if (number != null && number > 0) {
                letters.put(reason.label(), number);
            }
        }
        return letters;
    }
}
