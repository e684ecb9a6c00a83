/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.restore;

import io.freshet.archive.ArchiveFile;
import io.freshet.archive.ArchiveReader;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.history.CommittedRecords;
import io.freshet.history.HistorySource;
import io.freshet.job.KafkaSettings;
import io.freshet.sink.TopicNames;
import io.freshet.table.Tables;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** What is read to refill the online store with the rows of one view. */
public final class RestoreSpec {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final FreshetConfig config;
    private final ViewText view;
    private final Optional<Archived> archived;
    private final HistorySource.Bounded history;
    private final Map<TopicPartition, Long> ends;
    private final long deleted;

    /**
     * Files of an archive.
     *
     * @param directory the folder of archives
     * @param files their names within the view's
     * @param rows how many rows they have
     */
    record Archived(String directory, List<String> files, long rows) {}

    private RestoreSpec(
            FreshetConfig config,
            ViewText view,
            Optional<Archived> archived,
            HistorySource.Bounded history,
            Map<TopicPartition, Long> ends,
            long deleted) {
        this.config = config;
        this.view = view;
        this.archived = archived;
        this.history = history;
        this.ends = ends;
        this.deleted = deleted;
    }

    /** There is nothing to restore from. */
    public static final class NeverRanException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        NeverRanException(String message) {
            super(message);
        }
    }

    /**
     * Looks at what there is: the archive where one is given, and of the history what is not in it, as far as it is
     * committed now.
     *
     * @param archive the folder of archives, a path or a URI
     * @throws io.freshet.archive.ArchiveException if there is no archive of the view in that folder
     * @throws NeverRanException if the view has no history
     * @throws org.apache.kafka.common.KafkaException if Kafka cannot be read
     */
    public static RestoreSpec prepare(FreshetConfig config, ViewText view, Optional<String> archive)
            throws IOException {
        String name = view.plan().view().name();
        String topic = TopicNames.history(config.namespace(), name);
        Map<TopicPartition, Long> ends = CommittedRecords.ends(KafkaSettings.of(config), topic, LIMIT);
        if (ends.isEmpty()) {
            throw new NeverRanException(
                    "Cannot restore view '" + name + "': there is no topic '" + topic + "', so it has never run");
        }
        Optional<Archived> archived = Optional.empty();
        Map<Integer, Long> next = Map.of();
        if (archive.isPresent()) {
            ArchiveReader reader = ArchiveReader.open(Tables.path(archive.get()), name);
            List<String> files = reader.files().stream().map(ArchiveFile::name).toList();
            archived = Optional.of(new Archived(archive.get(), files, reader.rows()));
            next = reader.nextOffsets(KafkaSettings.of(config), LIMIT);
        }
        Map<TopicPartition, Long> starts = new HashMap<>(ends);
        long deleted = 0;
        for (Map.Entry<TopicPartition, Long> first : CommittedRecords.beginnings(KafkaSettings.of(config), topic, LIMIT)
                .entrySet()) {
            long wanted = next.getOrDefault(first.getKey().partition(), 0L);
            deleted += Math.max(0, first.getValue() - wanted);
            starts.computeIfPresent(
                    first.getKey(), (partition, end) -> Math.min(end, Math.max(first.getValue(), wanted)));
        }
        return of(config, view, archived, starts, ends, deleted);
    }

    private static RestoreSpec of(
            FreshetConfig config,
            ViewText view,
            Optional<Archived> archived,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends,
            long deleted) {
        HistorySource.Bounded history =
                HistorySource.between(KafkaSettings.of(config), config.namespace(), view.plan(), starts, ends);
        return new RestoreSpec(config, view, archived, history, ends, deleted);
    }

    /**
     * What a restore lacks that has been carried out: rows whose transaction was open. A running job may have written them
     * to the store before that was emptied, and commits them at its next checkpoint.
     *
     * @param rest what has been committed since; empty where that is nothing
     * @param isComplete whether no transaction is open any more that began before now
     */
    public record Rest(Optional<RestoreSpec> rest, boolean isComplete) {}

    /**
     * Waits for the transactions that are open now.
     *
     * @param longest how long to wait
     */
    public Rest awaitRest(Duration longest) {
        String topic = TopicNames.history(config.namespace(), name());
        boolean isComplete = CommittedRecords.await(KafkaSettings.of(config), topic, LIMIT, longest);
        Map<TopicPartition, Long> now = CommittedRecords.ends(KafkaSettings.of(config), topic, LIMIT);
        Map<TopicPartition, Long> starts = new HashMap<>(now);
        starts.replaceAll((partition, end) -> Math.min(end, ends.getOrDefault(partition, 0L)));
        RestoreSpec rest = of(config, view, Optional.empty(), starts, now, 0);
        return new Rest(rest.rowsAtMost() == 0 ? Optional.empty() : Optional.of(rest), isComplete);
    }

    /** Name of the view. */
    public String name() {
        return view.plan().view().name();
    }

    /** Upper bound of the rows that it reads: committed offsets, which transactions' marks also take. */
    public long rowsAtMost() {
        return history.rows() + archived.map(Archived::rows).orElse(0L);
    }

    /** Upper bound of the rows that retention has deleted from the history, and that no archive has which is read. */
    public long deleted() {
        return deleted;
    }

    FreshetConfig config() {
        return config;
    }

    ViewText view() {
        return view;
    }

    Optional<Archived> archived() {
        return archived;
    }

    HistorySource.Bounded history() {
        return history;
    }
}
