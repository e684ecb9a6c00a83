/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.FeatureView;
import io.freshet.verify.Tally.Count;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a verification of one view found.
 *
 * @param view the view
 * @param events events of its topics that the view takes or refuses
 * @param rows the rows of the history
 * @param causes what else was found than equal rows, by cause: rows, events or entities; causes that did not come up are
 *     left out
 * @param oracle what the oracle was asked
 * @param online what was looked up in the online store
 * @param knowsProgress whether the job told Kafka how far it is: where not, no event is owed a row for being taken in
 * @param worst where two numbers that should be equal differ most
 * @param examples some of what was found, those first that nothing explains; at most 20
 */
public record VerifyReport(
        String view,
        long events,
        Rows rows,
        Map<Cause, Long> causes,
        Oracle oracle,
        Online online,
        boolean knowsProgress,
        Optional<Worst> worst,
        List<Difference> examples) {

    public VerifyReport {
        Map<Cause, Long> inOrder = new EnumMap<>(Cause.class);
        inOrder.putAll(causes);
        causes = Collections.unmodifiableMap(inOrder);
        examples = List.copyOf(examples);
    }

    /**
     * The rows of the history.
     *
     * @param compared committed rows of the live job and of the view's definition of now
     * @param equal those of them that are bit for bit what a replay in the order of event time gives
     * @param others rows of backfills, batches and other definitions of the view, which were not compared
     * @param renumbered rows that are right but for their number, behind a beginning that is not known
     */
    public record Rows(long compared, long equal, long others, long renumbered) {}

    /**
     * What the oracle was asked.
     *
     * @param asked values that were compared with its own
     * @param passedOver values drawn that it could not judge: of a user's function, warming, or of too many events
     */
    public record Oracle(long asked, long passedOver) {}

    /**
     * What was looked up in the online store.
     *
     * @param lookedUp entities
     * @param equal those of them whose newest row is there
     */
    public record Online(long lookedUp, long equal) {}

    /**
     * The greatest difference of two numbers.
     *
     * @param relative in parts of the greater of them
     * @param difference where it is
     */
    public record Worst(double relative, Difference difference) {}

    static VerifyReport of(FeatureView view, Tally tally, boolean knowsProgress) {
        return new VerifyReport(
                view.name(),
                tally.of(Count.EVENTS),
                new Rows(
                        tally.of(Count.ROWS),
                        tally.of(Count.EQUAL),
                        tally.of(Count.OTHER_ROWS),
                        tally.of(Count.OTHER_SEQ)),
                tally.causes(),
                new Oracle(tally.of(Count.ORACLE), tally.of(Count.ORACLE_PASSED_OVER)),
                new Online(tally.of(Count.ONLINE), tally.of(Count.ONLINE_EQUAL)),
                knowsProgress,
                tally.worstDifference().map(difference -> new Worst(tally.worst(), difference)),
                tally.examples());
    }

    /** How often that cause came up. */
    public long count(Cause cause) {
        return causes.getOrDefault(cause, 0L);
    }

    /** How much was found that nothing explains. */
    public long unexplained() {
        return causes.entrySet().stream()
                .filter(cause -> !cause.getKey().isExplained())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Whether all is as it should be. */
    public boolean isClean() {
        return unexplained() == 0;
    }
}
