/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import static java.util.Objects.requireNonNull;

import io.freshet.row.RowOrigin;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FenceProducersResult;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/**
 * Makes one of those that backfill a view, or compute it from files, the only one that can write: the last that took it. Taking it ends what
 * another has begun, aborting its open transactions, and what one that was killed has left. Kafka keeps it, as the epoch
 * of a transactional id.
 *
 * @param prefix what the transactional ids of all that backfill the view start with
 * @param producerId of the lock's transactional id when it was taken
 * @param epoch of the lock's transactional id when it was taken
 */
public record HistoryLock(String prefix, long producerId, int epoch) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final long LIMIT_SECONDS = 60;

    public HistoryLock {
        requireNonNull(prefix, "prefix");
    }

    /**
     * Takes the lock of a view. After it, what is in the view's history of earlier backfills stays as it is until the
     * owner writes: only rows of transactions that have been committed are in it.
     *
     * @param kafka settings of the client
     * @throws KafkaException if Kafka cannot be asked
     */
    public static HistoryLock take(Properties kafka, String namespace, String view) {
        String prefix = KafkaSinks.transactions(namespace, view, RowOrigin.BACKFILL);
        try (Admin admin = Admin.create(kafka)) {
            // First the lock, then the writers: one that begins in between finds that the lock is gone.
            FenceProducersResult locked = admin.fenceProducers(List.of(id(prefix)));
            HistoryLock lock =
                    new HistoryLock(prefix, get(locked.producerId(id(prefix))), get(locked.epochId(id(prefix))));
            List<String> writers = new ArrayList<>();
            for (TransactionListing known : get(admin.listTransactions().all())) {
                if (known.transactionalId().matches("\\Q" + prefix + "\\E-((batch-)?\\d+|loads)")) {
                    writers.add(known.transactionalId());
                }
            }
            if (!writers.isEmpty()) {
                get(admin.fenceProducers(writers).all());
            }
            return lock;
        }
    }

    /** Transactional id of the writer of that number of rows of that origin. */
    String writer(RowOrigin origin, int number) {
        return prefix + (origin == RowOrigin.BATCH ? "-batch-" : "-") + number;
    }

    /** Transactional id of who writes down which files have been loaded. */
    public String loads() {
        return prefix + "-loads";
    }

    /**
     * Whether nobody has taken it since.
     *
     * @throws KafkaException if Kafka cannot be asked
     */
    public boolean isHeld(Properties kafka) {
        try (Admin admin = Admin.create(kafka)) {
            TransactionDescription now =
                    get(admin.describeTransactions(List.of(id(prefix))).description(id(prefix)));
            return now.producerId() == producerId && now.producerEpoch() == epoch;
        }
    }

    private static String id(String prefix) {
        return prefix + "-lock";
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while asking Kafka for transactions", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("Cannot ask Kafka for transactions: " + e.getMessage(), e);
        }
    }
}
