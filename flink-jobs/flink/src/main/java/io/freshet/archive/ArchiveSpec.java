/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.history.CommittedRecords;
import io.freshet.history.HistorySource;
import io.freshet.sink.TopicNames;
import io.freshet.table.Tables;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** One run over the history of one view: from where the archive ends to what is committed now. */
public final class ArchiveSpec {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** More small files than that of one day are made one after each run. */
    public static final int MOST_FILES = 8;

    private final ViewText view;
    private final Archive archive;
    private final HistorySource.Bounded history;
    private final Manifest next;
    private final Unread unread;

    private ArchiveSpec(ViewText view, Archive archive, HistorySource.Bounded history, Manifest next, Unread unread) {
        this.view = view;
        this.archive = archive;
        this.history = history;
        this.next = next;
        this.unread = unread;
    }

    /**
     * Looks at the archive and at the history, removes what an interrupted run left, and says what is to be done.
     *
     * @param kafka settings of the clients
     * @param namespace what the names of Freshet's topics start with
     * @param directory the folder of archives, a path or a URI; made if it is not there
     * @throws ArchiveException if the archive is of another history, or has other types, or cannot be written
     * @throws KafkaException if Kafka cannot be read
     * @throws IllegalArgumentException if there is no history of that view
     */
    public static ArchiveSpec prepare(Properties kafka, String namespace, ViewText text, String directory)
            throws IOException {
        ViewPlan plan = text.plan();
        String view = plan.view().name();
        String topic = TopicNames.history(namespace, view);
        Map<TopicPartition, Long> ends = CommittedRecords.ends(kafka, topic, LIMIT);
        if (ends.isEmpty()) {
            throw new IllegalArgumentException("Cannot archive view '" + view + "': there is no topic '" + topic
                    + "'; the view has never run, run or backfill it first");
        }
        String topicId = TopicId.of(kafka, topic, LIMIT);
        Archive archive = Archive.of(Tables.path(directory), view);
        Optional<Manifest> last = archive.manifest();
        String run = Archive.newRun();
        if (last.isPresent()) {
            ArchiveChecks.sameHistory(archive.root(), last.get(), namespace, view, topicId);
        }
        List<Manifest.NamedType> columns = ArchiveChecks.columns(
                archive.root(), last.map(Manifest::columns).orElse(List.of()), new ArchiveColumns(plan).named());
        archive.makeWritable(run);
        archive.removeLeftovers(last);

        Unread unread = Unread.of(
                last.map(Manifest::nextOffsets).orElse(Map.of()),
                CommittedRecords.beginnings(kafka, topic, LIMIT),
                ends);
        Manifest next = new Manifest(
                Manifest.FORMAT,
                namespace,
                view,
                topic,
                topicId,
                last.map(Manifest::generation).orElse(0L) + 1,
                run,
                columns,
                unread.nextOffsets(),
                last.map(Manifest::files).orElse(new ArrayList<>()));
        HistorySource.Bounded history = HistorySource.between(kafka, namespace, plan, unread.starts(), ends);
        return new ArchiveSpec(text, archive, history, next, unread);
    }

    /**
     * Makes one file of the small ones of each day that has more than so many.
     *
     * @return how many days it compacted
     */
    public int compact(int mostFiles) throws IOException {
        return new Compaction(archive).run(mostFiles);
    }

    /** Name of the view. */
    public String view() {
        return next.view();
    }

    /** Whether the archive ends where the history does: there is nothing to run. */
    public boolean isUpToDate() {
        return history.rows() <= 0;
    }

    /** Upper bound of the rows that it will archive: committed offsets, which transactions' marks also take. */
    public long rowsAtMost() {
        return Math.max(0, history.rows());
    }

    /** Offsets that were deleted from the history since the last run and before this one: rows that no archive has. */
    public long lost() {
        return unread.lost();
    }

    ViewText text() {
        return view;
    }

    Archive archive() {
        return archive;
    }

    HistorySource.Bounded history() {
        return history;
    }

    /** The manifest to commit, without the files of this run. */
    Manifest next() {
        return next;
    }

    /** What the run reads, by partition. */
    Map<Integer, OffsetRange> offsets() {
        return unread.offsets();
    }
}
