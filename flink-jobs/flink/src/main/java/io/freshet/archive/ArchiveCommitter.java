/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Takes the entries of all files, and when there are no more makes them count, all at once. One task does it. */
final class ArchiveCommitter extends AbstractStreamOperator<String>
        implements OneInputStreamOperator<String, String>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final URI root;
    private final String manifest;
    private transient List<Manifest.Entry> files;

    /**
     * For an archive.
     *
     * @param manifest the one to commit, without the files of this run, as JSON
     */
    @SuppressWarnings("NullAway.Init") // open comes before all else
    ArchiveCommitter(URI root, String manifest) {
        this.root = root;
        this.manifest = manifest;
    }

    @Override
    public void open() throws Exception {
        super.open();
        files = new ArrayList<>();
    }

    @Override
    public void processElement(StreamRecord<String> file) throws IOException {
        files.add(Manifest.Entry.parse(file.getValue()));
    }

    @Override
    public void endInput() throws IOException {
        files.sort(Comparator.comparing(Manifest.Entry::name));
        Archive.at(new Path(root)).commit(Manifest.parse(manifest).with(files));
    }
}
