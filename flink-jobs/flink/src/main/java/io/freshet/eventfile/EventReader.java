/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.eventfile;

import io.freshet.event.BadEventException;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** The events of a file, in order. Used by one thread at a time. */
public interface EventReader extends Closeable {

    /** What names of files can end in, for messages. */
    String ENDINGS = ".avro, " + TableFormat.ENDINGS;

    /**
     * The next event; null at the end.
     *
     * @throws BadEventException if the next row is no event of the schema; those behind it can be read
     * @throws IOException if the file is not what it must be
     */
    @Nullable
    GenericRecord next() throws IOException, BadEventException;

    /** Where the last row stood, from 1: its first line in a text file, else its number; 0 before the first. */
    long row();

    /** Names of the fields that every event must have and that no column of the file gives. */
    List<String> lacking();

    /** Whether there is a reader for files of such a name. */
    static boolean knows(String fileName) {
        return isAvro(fileName) || TableFormat.of(fileName).isPresent();
    }

    /**
     * Opens a file: an Avro container, or a table whose columns are the fields of the schema, by name or alias.
     *
     * @param schema of the events
     * @throws IOException if it is not there, or not of the format that its name tells
     */
    static EventReader open(Path file, Schema schema) throws IOException {
        return open(file, schema, Map.of());
    }

    /**
     * Opens a file as {@link #open(Path, Schema)}.
     *
     * @param constants texts of fields that a table has no column for, see {@link FolderFields}; not of Avro files
     */
    static EventReader open(Path file, Schema schema, Map<String, String> constants) throws IOException {
        if (isAvro(file.getName())) {
            return AvroEvents.open(file, schema);
        }
        if (TableFormat.of(file.getName()).isEmpty()) {
            throw new TableException(
                    "Cannot tell the format of '" + file + "' from its name, expected one that ends in " + ENDINGS);
        }
        return TableEvents.open(file, schema, constants);
    }

    private static boolean isAvro(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(".avro");
    }
}
