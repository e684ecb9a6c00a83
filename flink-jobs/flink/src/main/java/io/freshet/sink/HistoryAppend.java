/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.row.FeatureRow;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Appends rows to a history for a job that takes no checkpoints. Flink's own sink would keep one transaction open from the
 * first row to the last, and brokers end one after minutes; here a transaction ends after so many rows or so much time.
 * A job that fails leaves whole transactions behind and must not be started again as it is: the next one looks at what is
 * there and writes the rest. Only the owner of the lock writes.
 */
public final class HistoryAppend implements Sink<FeatureRow> {
    private static final long serialVersionUID = 1L;

    private static final int MOST_ROWS = 50_000;
    private static final long MOST_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Properties kafka;
    private final HistoryLock lock;
    private final HistoryRecords records;

    HistoryAppend(Properties kafka, HistoryLock lock, HistoryRecords records) {
        this.kafka = kafka;
        this.lock = lock;
        this.records = records;
    }

    @Override
    public SinkWriter<FeatureRow> createWriter(WriterInitContext context) {
        records.open();
        return new Writer(context.getTaskInfo().getIndexOfThisSubtask());
    }

    private final class Writer implements SinkWriter<FeatureRow> {

        private final int number;
        private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        private @Nullable KafkaProducer<byte[], byte[]> producer;
        private int rows;
        private long begunNanos;

        Writer(int number) {
            this.number = number;
        }

        @Override
        public void write(FeatureRow row, Context context) throws IOException {
            KafkaProducer<byte[], byte[]> out = producer();
            if (rows == 0) {
                out.beginTransaction();
                begunNanos = System.nanoTime();
            }
            ProducerRecord<byte[], byte[]> message = records.message(row);
            out.send(message, (done, problem) -> {
                if (problem != null) {
                    failure.compareAndSet(null, problem);
                }
            });
            rows++;
            if (rows >= MOST_ROWS || System.nanoTime() - begunNanos >= MOST_NANOS) {
                commit(out);
            }
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            KafkaProducer<byte[], byte[]> out = producer;
            if (out != null && rows > 0) {
                commit(out);
            }
        }

        private KafkaProducer<byte[], byte[]> producer() throws IOException {
            KafkaProducer<byte[], byte[]> known = producer;
            if (known != null) {
                return known;
            }
            Properties settings = new Properties();
            settings.putAll(kafka);
            settings.setProperty("transactional.id", lock.writer(records.origin(), number));
            KafkaProducer<byte[], byte[]> made =
                    new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
            producer = made;
            made.initTransactions();
            // Whoever takes the lock from now on fences this producer off too.
            if (!lock.isHeld(kafka)) {
                throw new IOException("Cannot write rows to topic '" + records.topic()
                        + "': another backfill or run of the view has begun since; let it end, then repeat this one");
            }
            return made;
        }

        private void commit(KafkaProducer<byte[], byte[]> out) throws IOException {
            try {
                out.commitTransaction();
            } catch (KafkaException e) {
                Exception first = failure.get();
                throw new IOException(
                        "Cannot write rows to topic '" + records.topic() + "': "
                                + (first == null ? e : first).getMessage()
                                + "; what is committed stays, repeat it to write the rest",
                        e);
            }
            rows = 0;
        }

        @Override
        public void close() {
            KafkaProducer<byte[], byte[]> out = producer;
            if (out != null) {
                // Aborts the transaction that is open, if one is.
                out.close(CLOSE_LIMIT);
            }
        }
    }
}
