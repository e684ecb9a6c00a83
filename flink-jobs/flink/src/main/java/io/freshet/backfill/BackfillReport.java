/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.backfill.Counts.Count;
import io.freshet.event.DeadLetterReason;
import java.util.List;
import java.util.Map;
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
     * What was read of a topic.
     *
     * @param topic its name
     * @param read records, events and others
     * @param deadLetters of these: no event of any view, by reason; not written to the dead letters
     */
    public record OfTopic(String topic, long read, SortedMap<String, Long> deadLetters) {}

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
                                counts.getOrDefault(JobCounts.read(topic.name()), 0L),
                                letters(counts, JobCounts.topicDeadLetters(topic.name()))))
                        .toList(),
                spec.views().stream().map(view -> ofView(view, counts)).toList());
    }

    /** Records read of all topics. */
    public long read() {
        return topics.stream().mapToLong(OfTopic::read).sum();
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
