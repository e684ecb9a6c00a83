/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file of Flink's file systems, as Parquet reads it. */
final class ParquetInput implements InputFile {

    private final Path file;

    ParquetInput(Path file) {
        this.file = file;
    }

    @Override
    public long getLength() throws IOException {
        return TableFiles.length(file);
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        FSDataInputStream in = TableFiles.open(file);
        return new DelegatingSeekableInputStream(in) {
            @Override
            public long getPos() throws IOException {
                return in.getPos();
            }

            @Override
            public void seek(long position) throws IOException {
                in.seek(position);
            }
        };
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
