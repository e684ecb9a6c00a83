/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import io.freshet.cli.CommandFailedException;
import io.freshet.cli.EventFile;
import io.freshet.event.BadEventException;
import io.freshet.event.RecordReader;
import io.freshet.schemas.WikipediaEdit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The edits of 2015-09-12, a sample, as Apache Druid's tests carry them (Apache-2.0; its LICENSE and NOTICE lie beside
 * the file). The build fetches them; they are no part of the sources. The editors' comments are dropped here, and the
 * label {@code isRobot} is in the events but in no feature.
 */
final class DemoData {

    private static final String SHA_256 = "7257469b475fb6576328acbc911351b21c896322a96925aec3692427437104e1";
    private static final String FILE = "wikipedia/wikiticker-2015-09-12-sampled.json.gz";

    /** Set where the data does not lie as the build lays it: in a distribution. */
    private static final String FOLDER = "freshet.demo.data";

    private DemoData() {}

    /** All edits, in the order of the file, which is that of their times. */
    static List<GenericRecord> read() throws CommandFailedException {
        Path file = file();
        checkSum(file);
        List<GenericRecord> edits = new ArrayList<>();
        RecordReader records = new RecordReader(WikipediaEdit.getClassSchema());
        new EventFile(file).read(new EventFile.Visitor() {
            @Override
            public void event(long line, Map<String, @Nullable Object> values) throws CommandFailedException {
                try {
                    edits.add(records.read(values));
                } catch (BadEventException e) {
                    throw CommandFailedException.failed(file + ":" + line + ": " + e.getMessage());
                }
            }

            @Override
            public void broken(long line, String reason) {
                throw new IllegalStateException("A file of known content must parse: " + line + ": " + reason);
            }
        });
        return edits;
    }

    private static Path file() throws CommandFailedException {
        String folder = System.getProperty(FOLDER);
        Path file = (folder == null ? builtFolder() : Path.of(folder)).resolve(FILE);
        if (!Files.exists(file)) {
            throw CommandFailedException.failed(
                    "Cannot find the demo's data: " + file + " does not exist. './mvnw package' fetches it.");
        }
        return file;
    }

    /** The build puts the data beside the classes of this module. */
    private static Path builtFolder() throws CommandFailedException {
        try {
            Path classes = Path.of(DemoData.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.resolveSibling("demo-data");
        } catch (URISyntaxException e) {
            throw CommandFailedException.failed("Cannot find the demo's data: " + e.getMessage());
        }
    }

    private static void checkSum(Path file) throws CommandFailedException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            String found = HexFormat.of().formatHex(digest.getMessageDigest().digest());
            if (!found.equals(SHA_256)) {
                throw CommandFailedException.failed("Cannot use the demo's data " + file + ": found SHA-256 " + found
                        + ", expected " + SHA_256 + ". Delete it and run './mvnw package'.");
            }
        } catch (IOException | NoSuchAlgorithmException e) {
            throw CommandFailedException.failed("Cannot read the demo's data " + file + ": " + e.getMessage());
        }
    }
}
