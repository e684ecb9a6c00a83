/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.eventfile;

import io.freshet.table.TableException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** The events of an Avro container file, as the view's schema reads those that were written with the file's own. */
final class AvroEvents implements EventReader {

    private final Path file;
    private final DataFileStream<GenericRecord> records;
    private long row;

    private AvroEvents(Path file, DataFileStream<GenericRecord> records) {
        this.file = file;
        this.records = records;
    }

    static AvroEvents open(Path file, Schema schema) throws IOException {
        InputStream bytes = file.getFileSystem().open(file);
        try {
            GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>();
            reader.setExpected(schema);
            return new AvroEvents(file, new DataFileStream<>(bytes, reader));
        } catch (IOException | AvroRuntimeException e) {
            bytes.close();
            throw broken(file, e);
        }
    }

    @Override
    public @Nullable GenericRecord next() throws IOException {
        try {
            if (!records.hasNext()) {
                return null;
            }
            row++;
            return records.next();
        } catch (AvroRuntimeException e) {
            throw broken(file, e);
        }
    }

    @Override
    public long row() {
        return row;
    }

    @Override
    public List<String> lacking() {
        return List.of(); // Avro refuses a file whose schema does not give them
    }

    private static TableException broken(Path file, Exception e) {
        return new TableException("Cannot read events from '" + file + "': " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
