/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** The files below tables, on any of Flink's file systems. */
final class TableFiles {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int BYTE_ORDER_MARK = '\uFEFF';

    private TableFiles() {}

    static FSDataInputStream open(Path file) throws IOException {
        try {
            return file.getFileSystem().open(file);
        } catch (IOException e) {
            throw new TableException(cannotRead(file) + reason(file, e), e);
        }
    }

    static long length(Path file) throws IOException {
        try {
            return file.getFileSystem().getFileStatus(file).getLen();
        } catch (IOException e) {
            throw new TableException(cannotRead(file) + reason(file, e), e);
        }
    }

    /** File systems say in many ways that there is no file. */
    private static String reason(Path file, IOException e) {
        try {
            FileSystem fs = file.getFileSystem();
            if (!fs.exists(file)) {
                return "there is no such file";
            }
            return fs.getFileStatus(file).isDir() ? "it is a folder" : reason(e);
        } catch (IOException again) {
            return reason(e);
        }
    }

    static FSDataOutputStream create(Path file) throws IOException {
        try {
            return file.getFileSystem().create(file, FileSystem.WriteMode.OVERWRITE);
        } catch (IOException e) {
            throw new TableException("Cannot write '" + file + "': " + reason(e), e);
        }
    }

    /** Text, strictly UTF-8, without the mark that some programs put before it. */
    static BufferedReader openText(Path file) throws IOException {
        InputStream bytes = open(file);
        try {
            InputStream plain = isGzip(file) ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes;
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()), BUFFER_BYTES);
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
            return reader;
        } catch (IOException e) {
            bytes.close();
            throw new TableException(cannotRead(file) + reason(e), e);
        }
    }

    static OutputStream createText(Path file) throws IOException {
        OutputStream bytes = create(file);
        return new BufferedOutputStream(isGzip(file) ? new GZIPOutputStream(bytes, BUFFER_BYTES) : bytes, BUFFER_BYTES);
    }

    static String cannotRead(Path file) {
        return "Cannot read '" + file + "': ";
    }

    /** What a user can do something with, of what went wrong below. */
    static String reason(Throwable e) {
        return e instanceof CharacterCodingException ? "it is not UTF-8 text" : String.valueOf(e.getMessage());
    }

    /** Fails if some of the columns to read are not there, or two are of one name. */
    static void check(Path file, List<String> names, ReadOptions options) throws TableException {
        for (int i = 0; i < names.size(); i++) {
            if (names.indexOf(names.get(i)) != i) {
                throw new TableException(cannotRead(file) + "two columns are named '" + names.get(i) + "'");
            }
        }
        for (String name : options.columns()) {
            if (!names.contains(name)) {
                throw new TableException(
                        cannotRead(file) + "no column '" + name + "' (there are: " + String.join(", ", names) + ")");
            }
        }
    }

    private static boolean isGzip(Path file) {
        return file.getName().toLowerCase(Locale.ROOT).endsWith(TableFormat.GZIP);
    }
}
