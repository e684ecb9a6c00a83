/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.restore;

import io.freshet.archive.ArchiveFile;
import io.freshet.archive.ArchiveReader;
import io.freshet.history.LoggedRow;
import io.freshet.operator.PlanSource;
import io.freshet.row.EntityKey;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.HistorySchema;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowCodec;
import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableReader;
import io.freshet.table.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of a view's archive, named by its input, as rows of its history. An archive does not say when a row was
 * written: the timestamp of a record is its available_at, which in a live job is the same.
 */
@SuppressWarnings("NullAway.Init") // open comes before all else
final class ArchivedRows extends AbstractStreamOperator<LoggedRow>
        implements OneInputStreamOperator<String, LoggedRow> {
    private static final long serialVersionUID = 1L;

    private static final String INGESTED_AT = "_ingested_at";
    private static final List<String> HEAD = List.of(
            OnlineKeys.AS_OF,
            OnlineKeys.AVAILABLE_AT,
            OnlineKeys.SEQ,
            OnlineKeys.VERSION,
            OnlineKeys.ORIGIN,
            INGESTED_AT,
            OnlineKeys.WARMING);

    private final PlanSource source;
    private final String directory;

    private transient LongCounter archived;
    private transient ArchiveReader archive;
    private transient RowCodec codec;
    private transient int keys;
    private transient int version;
    private transient ReadOptions options;
    private transient int[] places;
    private transient List<String> neverArchived;

    /**
     * For a view.
     *
     * @param directory the folder of archives
     */
    ArchivedRows(PlanSource source, String directory) {
        this.source = source;
        this.directory = directory;
    }

    @Override
    public void open() throws Exception {
        super.open();
        archived = getRuntimeContext().getLongCounter(Count.ARCHIVED.label());
        archive =
                ArchiveReader.open(Tables.path(directory), source.plan().view().name());
        codec = new RowCodec(source.plan());
        version = source.plan().view().version();
        keys = source.plan().entity().size();
        List<String> names = new ArrayList<>(HistorySchema.of(source.plan()).getFields().stream()
                .limit(keys)
                .map(Schema.Field::name)
                .toList());
        names.addAll(HEAD);
        places = new int[source.plan().columns().size()];
        neverArchived = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            String column = source.plan().columns().get(i).name();
            boolean isThere = archive.schema().columns().stream()
                    .anyMatch(known -> known.name().equals(column));
            places[i] = isThere ? names.size() : -1;
            (isThere ? names : neverArchived).add(column);
        }
        options = new ReadOptions(names);
    }

    @Override
    public void processElement(StreamRecord<String> item) throws IOException {
        String name = item.getValue();
        ArchiveFile file = archive.files().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("Cannot read '" + name + "' of the archive in '" + directory
                        + "': a compaction has replaced it since; restore again"));
        try (TableReader reader = archive.open(file, options)) {
            for (@Nullable Object[] cells = reader.next(); cells != null; cells = reader.next()) {
                archived.add(1);
                LoggedRow row = row(cells);
                output.collect(new StreamRecord<>(row, row.head().availableAtMillis()));
            }
        }
    }

    private LoggedRow row(@Nullable Object[] cells) {
        List<Object> key = new ArrayList<>(keys);
        for (int i = 0; i < keys; i++) {
            key.add(present(cells, i));
        }
        RowHead head = new RowHead(
                (Long) present(cells, keys),
                (Long) present(cells, keys + 1),
                (Long) present(cells, keys + 2),
                (Integer) present(cells, keys + 3),
                RowOrigin.valueOf((String) present(cells, keys + 4)));
        String entity = EntityKey.format(key);
        // Of other versions no more is asked for, and their values may have other types.
        byte[] bytes =
                head.version() == version ? codec.encode(whole(entity, head, cells), head.origin()) : new byte[0];
        return new LoggedRow(0, entity, head, bytes);
    }

    private HistoryRow whole(String entity, RowHead head, @Nullable Object[] cells) {
        List<String> warming = new ArrayList<>();
        ((List<?>) present(cells, keys + HEAD.size() - 1)).forEach(name -> warming.add(String.valueOf(name)));
        List<@Nullable Object> values = new ArrayList<>();
        for (int place : places) {
            values.add(place < 0 ? null : cells[place]);
        }
        warming.addAll(neverArchived);
        Object ingestedAt = cells[keys + HEAD.indexOf(INGESTED_AT)];
        return new HistoryRow(
                entity,
                head.asOfMillis(),
                head.availableAtMillis(),
                head.seq(),
                head.version(),
                head.origin(),
                ingestedAt instanceof Long millis ? millis : FeatureRow.NO_EVENT,
                warming,
                values);
    }

    private static Object present(@Nullable Object[] cells, int place) {
        Object cell = cells[place];
        if (cell == null) {
            throw new IllegalStateException("Cannot read a row of an archive: column " + place + " is null");
        }
        return cell;
    }
}
