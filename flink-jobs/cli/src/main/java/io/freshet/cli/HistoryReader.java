/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.definition.ViewPlan;
import io.freshet.history.CommittedRecords;
import io.freshet.history.HistorySchemas;
import io.freshet.history.LoggedSchemas;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowCodec;
import io.freshet.row.RowHead;
import io.freshet.row.RowHeads;
import io.freshet.sink.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/** Reads what is committed of a view's history, from its beginning to its end as of now. */
public final class HistoryReader {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Properties kafka;
    private final String topic;
    private final String namespace;
    private final ViewPlan view;
    private final Optional<Instant> since;
    private final BooleanSupplier more;

    /**
     * A reader.
     *
     * @param kafka settings of the client
     * @param namespace what the names of Freshet's topics start with
     * @param view the view
     */
    public HistoryReader(Properties kafka, String namespace, ViewPlan view) {
        this(kafka, namespace, view, Optional.empty(), () -> true);
    }

    private HistoryReader(
            Properties kafka, String namespace, ViewPlan view, Optional<Instant> since, BooleanSupplier more) {
        this.since = since;
        this.more = more;
        this.kafka = new Properties();
        this.kafka.putAll(kafka);
        this.namespace = namespace;
        this.view = view;
        topic = TopicNames.history(namespace, view.view().name());
    }

    /**
     * One that reads a part.
     *
     * @param from when the first of its rows were written; empty for all
     * @param goesOn asked before each row; false if no more are to be read
     */
    public HistoryReader limitedTo(Optional<Instant> from, BooleanSupplier goesOn) {
        return new HistoryReader(kafka, namespace, view, from, goesOn);
    }

    /** Hands over every committed row, in order within an entity. */
    public void readAll(Consumer<HistoryRow> rows) throws CommandFailedException {
        readKeys(key -> true, rows);
    }

    /** Hands over every committed row of one entity, in order. */
    public void readEntity(String entity, Consumer<HistoryRow> rows) throws CommandFailedException {
        readKeys(entity::equals, rows);
    }

    /** Hands over every committed row whose head is wanted, in order within an entity; of others no more is read. */
    public void readWhere(Predicate<RowHead> wanted, Consumer<HistoryRow> rows) throws CommandFailedException {
        read(schemas -> selectHeads(schemas.heads(), wanted), rows);
    }

    private static Predicate<ConsumerRecord<byte[], byte[]>> selectHeads(RowHeads heads, Predicate<RowHead> wanted) {
        return message -> wanted.test(heads.read(message.value()));
    }

    private void readKeys(Predicate<String> wanted, Consumer<HistoryRow> rows) throws CommandFailedException {
        read(schemas -> message -> wanted.test(new String(message.key(), StandardCharsets.UTF_8)), rows);
    }

    private void read(
            Function<LoggedSchemas, Predicate<ConsumerRecord<byte[], byte[]>>> selection, Consumer<HistoryRow> rows)
            throws CommandFailedException {
        try {
            LoggedSchemas schemas = HistorySchemas.read(kafka, namespace, view, LIMIT);
            RowCodec codec = schemas.codec(view);
            Predicate<ConsumerRecord<byte[], byte[]>> wanted = selection.apply(schemas);
            boolean found = CommittedRecords.readWhile(kafka, topic, since, LIMIT, message -> {
                if (!more.getAsBoolean()) {
                    return false;
                }
                if (wanted.test(message)) {
                    rows.accept(codec.decode(message.value()));
                }
                return true;
            });
            if (!found) {
                throw CommandFailedException.failed("Cannot read the history: topic '" + topic
                        + "' does not exist. 'freshet run' creates it when the view first runs.");
            }
        } catch (KafkaException | IllegalArgumentException e) {
            throw CommandFailedException.failed("Cannot read the history '" + topic + "' on Kafka at "
                    + kafka.getProperty("bootstrap.servers") + ": " + e.getMessage());
        }
    }
}
