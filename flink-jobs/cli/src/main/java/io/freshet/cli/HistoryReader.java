/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.archive.ArchiveReader;
import io.freshet.archive.ArchivedRows;
import io.freshet.definition.ViewPlan;
import io.freshet.history.CommittedRecords;
import io.freshet.history.CommittedRecords.From;
import io.freshet.history.HistorySchemas;
import io.freshet.history.KafkaRefusal;
import io.freshet.history.LoggedSchemas;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowCodec;
import io.freshet.row.RowHead;
import io.freshet.row.RowHeads;
import io.freshet.sink.TopicNames;
import io.freshet.table.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
    private final Optional<String> archive;
    private final Optional<Instant> since;
    private final BooleanSupplier more;

    /**
     * A reader of the topic.
     *
     * @param kafka settings of the client
     * @param namespace what the names of Freshet's topics start with
     * @param view the view
     */
    public HistoryReader(Properties kafka, String namespace, ViewPlan view) {
        this(kafka, namespace, view, Optional.empty());
    }

    /**
     * A reader of the topic, behind what is in an archive.
     *
     * @param archive the folder of archives; empty for none
     */
    public HistoryReader(Properties kafka, String namespace, ViewPlan view, Optional<String> archive) {
        this(kafka, namespace, view, archive, Optional.empty(), () -> true);
    }

    private HistoryReader(
            Properties kafka,
            String namespace,
            ViewPlan view,
            Optional<String> archive,
            Optional<Instant> since,
            BooleanSupplier more) {
        this.archive = archive;
        this.since = since;
        this.more = more;
        this.kafka = new Properties();
        this.kafka.putAll(kafka);
        this.namespace = namespace;
        this.view = view;
        topic = TopicNames.history(namespace, view.view().name());
    }

    /**
     * One that reads a part of the topic alone.
     *
     * @param from when the first of its rows were written; empty for all
     * @param goesOn asked before each row; false if no more are to be read
     */
    public HistoryReader limitedTo(Optional<Instant> from, BooleanSupplier goesOn) {
        return new HistoryReader(kafka, namespace, view, Optional.empty(), from, goesOn);
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
        From from = archive.isPresent() ? new From.Offsets(readArchive(archive.get(), wanted, rows)) : fromTopic();
        read(from, schemas -> selectHeads(schemas.heads(), wanted), rows);
    }

    /** The first offset, by partition, that is not in the archive. */
    private Map<Integer, Long> readArchive(String folder, Predicate<RowHead> wanted, Consumer<HistoryRow> rows)
            throws CommandFailedException {
        try {
            ArchiveReader reader =
                    ArchiveReader.open(Tables.path(folder), view.view().name());
            new ArchivedRows(reader, view).read(wanted, rows);
            return reader.nextOffsets(kafka, LIMIT);
        } catch (KafkaException e) {
            throw unreadable(e);
        } catch (IOException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    private static Predicate<ConsumerRecord<byte[], byte[]>> selectHeads(RowHeads heads, Predicate<RowHead> wanted) {
        return message -> wanted.test(heads.read(message.value()));
    }

    private void readKeys(Predicate<String> wanted, Consumer<HistoryRow> rows) throws CommandFailedException {
        read(fromTopic(), schemas -> message -> wanted.test(new String(message.key(), StandardCharsets.UTF_8)), rows);
    }

    private From fromTopic() {
        return since.<From>map(From.Written::new).orElseGet(From.Beginning::new);
    }

    private void read(
            From from,
            Function<LoggedSchemas, Predicate<ConsumerRecord<byte[], byte[]>>> selection,
            Consumer<HistoryRow> rows)
            throws CommandFailedException {
        try {
            LoggedSchemas schemas = HistorySchemas.read(kafka, namespace, view, LIMIT);
            RowCodec codec = schemas.codec(view);
            Predicate<ConsumerRecord<byte[], byte[]>> wanted = selection.apply(schemas);
            boolean found = CommittedRecords.readWhile(kafka, topic, from, LIMIT, message -> {
                if (!more.getAsBoolean()) {
                    return false;
                }
                if (wanted.test(message)) {
                    rows.accept(codec.decode(message.value()));
                }
                return true;
            });
            // Kafka may have lost what the archive still has.
            if (!found && archive.isEmpty()) {
                throw CommandFailedException.failed("Cannot read the history: topic '" + topic
                        + "' does not exist. 'freshet run' creates it when the view first runs.");
            }
        } catch (KafkaException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private CommandFailedException unreadable(Exception e) {
        return CommandFailedException.failed("Cannot read the history '" + topic + "' on Kafka at "
                + kafka.getProperty("bootstrap.servers") + ": " + KafkaRefusal.reason(e));
    }
}
