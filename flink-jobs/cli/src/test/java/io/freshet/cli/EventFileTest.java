/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

    @TempDir
    private Path folder;

    @Test
    void jsonLinesKeepTheirTypesAndNumbers() throws Exception {
        Path file = Files.writeString(folder.resolve("e.json"), "{\"a\":1,\"b\":null}\n\n{\"a\":2}\n");
        assertThat(read(file)).containsExactly("1 {a=1, b=null}", "3 {a=2}");
    }

    @Test
    void brokenJsonLineIsToldAndTheNextIsRead() throws Exception {
        Path file = Files.writeString(folder.resolve("e.json"), "{\"a\":1}\n{\"a\":\n{\"a\":3}\n");
        assertThat(read(file)).hasSize(3).startsWith("1 {a=1}").endsWith("3 {a=3}");
        assertThat(read(file).get(1)).startsWith("2 broken: Cannot parse JSON");
    }

    @Test
    void csvIsReadByItsHeadLine() throws Exception {
        Path file = Files.writeString(folder.resolve("e.csv"), "a,b\n1,\"x, \"\"y\"\"\"\n2,z\n");
        assertThat(read(file)).containsExactly("2 {a=1, b=x, \"y\"}", "3 {a=2, b=z}");
    }

    @Test
    void gzippedFileIsReadLikePlainOne() throws Exception {
        Path file = folder.resolve("e.json.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write("{\"a\":1}\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(file)).containsExactly("1 {a=1}");
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> read(folder.resolve("none.json")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("none.json does not exist");
    }

    private static List<String> read(Path file) throws CommandFailedException {
        List<String> seen = new ArrayList<>();
        new EventFile(file).read(new EventFile.Visitor() {
            @Override
            public void event(long line, Map<String, @Nullable Object> values) {
                seen.add(line + " " + values);
            }

            @Override
            public void broken(long line, String reason) {
                seen.add(line + " broken: " + reason);
            }
        });
        return seen;
    }
}
