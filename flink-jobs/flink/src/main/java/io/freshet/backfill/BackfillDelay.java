/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import static java.util.Objects.requireNonNull;

import io.freshet.definition.ViewPlan;
import io.freshet.history.CommittedRecords;
import io.freshet.history.HistorySchemas;
import io.freshet.history.LoggedSchemas;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowCodec;
import io.freshet.row.RowHead;
import io.freshet.row.RowHeads;
import io.freshet.row.RowOrigin;
import io.freshet.sink.TopicNames;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;

/**
 * How long after its as_of a backfilled row is available, and how that is known.
 *
 * @param duration the delay
 * @param basis how it is known
 */
public record BackfillDelay(Duration duration, Basis basis) {

    /** Fewest live rows that say something of a view's freshness. */
    static final int FEWEST_ROWS = 100;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** How a delay is known. */
    public enum Basis {
        /** The user says so. */
        GIVEN,
        /** Rows that an earlier backfill wrote have it. */
        EARLIER_BACKFILL,
        /** Of the live rows that events caused, 99 in 100 were available within it after Kafka took the event in. */
        MEASURED
    }

    public BackfillDelay {
        requireNonNull(duration, "duration");
        requireNonNull(basis, "basis");
    }

    /**
     * What the history of a view says: the delay of the last row that a backfill of its version wrote; where there is
     * none, what is measured over the last live rows. Reads the whole history.
     *
     * @return empty where there are fewer than 100 live rows that tell
     * @throws org.apache.kafka.common.KafkaException if Kafka cannot be read
     */
    static Optional<BackfillDelay> ofHistory(Properties kafka, String namespace, ViewPlan plan) {
        String view = plan.view().name();
        LoggedSchemas schemas = HistorySchemas.read(kafka, namespace, plan, LIMIT);
        RowCodec codec = schemas.codec(plan);
        RowHeads heads = schemas.heads();
        Sample sample = new Sample();
        CommittedRecords.read(kafka, TopicNames.history(namespace, view), LIMIT, message -> {
            RowHead head = heads.read(message.value());
            if (head.version() == plan.view().version() && head.origin() == RowOrigin.BACKFILL) {
                sample.earlier = head.availableAtMillis() - head.asOfMillis();
            } else if (head.version() == plan.view().version()
                    && head.origin() == RowOrigin.LIVE
                    && sample.earlier == Sample.NONE) {
                sample.live(codec.decode(message.value()));
            }
        });
        return sample.delay();
    }

    /** The last live rows of a history, as their delays. */
    static final class Sample {

        private static final long NONE = Long.MIN_VALUE;
        private static final int MOST_ROWS = 100_000;
        private static final int PER_CENT = 99;

        private final long[] delays = new long[MOST_ROWS];
        private long rows;
        private long earlier = NONE;

        void live(HistoryRow row) {
            long delay = row.availableAtMillis() - row.ingestedAtMillis();
            // Rows that were available before Kafka had the event are of a replay that said so.
            if (row.ingestedAtMillis() != FeatureRow.NO_EVENT && delay >= 0) {
                delays[(int) (rows++ % MOST_ROWS)] = delay;
            }
        }

        Optional<BackfillDelay> delay() {
            if (earlier != NONE) {
                return Optional.of(new BackfillDelay(Duration.ofMillis(earlier), Basis.EARLIER_BACKFILL));
            }
            if (rows < FEWEST_ROWS) {
                return Optional.empty();
            }
            long[] sorted = Arrays.copyOf(delays, (int) Math.min(rows, MOST_ROWS));
            Arrays.sort(sorted);
            long measured = sorted[(int) ((long) sorted.length * PER_CENT / 100)];
            return Optional.of(new BackfillDelay(Duration.ofMillis(Math.max(1, measured)), Basis.MEASURED));
        }
    }
}
