/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.table.Tables;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** The file of a training set: written beside its place, and put there by a rename once it is whole. */
final class TrainingSink implements Sink<Match>, SupportsCommitter<String> {
    private static final long serialVersionUID = 1L;

    private final TrainingRequest request;

    TrainingSink(TrainingRequest request) {
        this.request = request;
    }

    /** Where a training set is while it is being written. */
    static Path part(TrainingRequest.Output out) {
        Path place = Tables.path(out.path());
        return new Path(place.getParent(), "." + place.getName() + ".part");
    }

    @Override
    public Writer createWriter(WriterInitContext context) throws IOException {
        return new Writer(request);
    }

    @Override
    public Committer<String> createCommitter(CommitterInitContext context) {
        return new Rename(Tables.path(request.out().path()));
    }

    @Override
    public SimpleVersionedSerializer<String> getCommittableSerializer() {
        return new PathSerializer();
    }

    /** Writes the part. */
    static final class Writer implements CommittingSinkWriter<Match, String> {

        private final Path part;
        private final TrainingRows rows;
        private boolean whole;

        Writer(TrainingRequest request) throws IOException {
            part = part(request.out());
            rows = new TrainingRows(request, part);
        }

        @Override
        public void write(Match match, Context context) throws IOException {
            rows.add(match);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            if (endOfInput && !whole) {
                rows.finish();
                rows.close();
                whole = true;
            }
        }

        @Override
        public Collection<String> prepareCommit() {
            return whole ? List.of(part.toString()) : List.of();
        }

        @Override
        public void close() throws IOException {
            if (!whole) {
                try {
                    rows.close();
                } finally {
                    part.getFileSystem().delete(part, false);
                }
            }
        }
    }

    /** Puts the part in its place. */
    private record Rename(Path place) implements Committer<String> {
        @Override
        public void commit(Collection<CommitRequest<String>> parts) throws IOException {
            FileSystem files = place.getFileSystem();
            for (CommitRequest<String> each : parts) {
                Path part = new Path(each.getCommittable());
                if (files.exists(part)) {
                    if (files.exists(place)) {
                        files.delete(place, false);
                    }
                    if (!files.rename(part, place)) {
                        throw new IOException("Cannot rename " + part + " to " + place);
                    }
                } else if (!files.exists(place)) {
                    throw new IOException("Cannot put the training set in its place: " + part + " is gone");
                }
            }
        }

        @Override
        public void close() {}
    }

    /** Writes the path of a part. */
    private static final class PathSerializer implements SimpleVersionedSerializer<String> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(String path) {
            return path.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }

        @Override
        public @Nullable String deserialize(int version, byte[] bytes) {
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
