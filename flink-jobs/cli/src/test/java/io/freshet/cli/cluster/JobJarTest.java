/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.definition.ViewText;
import io.freshet.job.Bundle;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobJarTest {

    private static final String SERVICES = "META-INF/services/io.freshet.function.FeatureFunction";

    @TempDir
    private Path folder;

    @Test
    void itHoldsTheJobTheFunctionsAndWhatIsDeployed() throws Exception {
        Path job = jar("job.jar", Map.of("a/Job.class", "job", SERVICES, "a.BuiltIn"));
        Path function = jar("mine.jar", Map.of("b/Mine.class", "mine", "a/Job.class", "other", SERVICES, "b.Mine"));
        Bundle bundle = bundle("namespace: shop");
        try (JobJar packed = JobJar.pack(job, List.of(function), "shop", bundle);
                ZipFile zip = new ZipFile(packed.file().toFile())) {
            assertThat(packed.name()).matches("freshet-shop-[0-9a-f]{12}\\.jar");
            assertThat(text(zip, "a/Job.class")).isEqualTo("job");
            assertThat(text(zip, "b/Mine.class")).isEqualTo("mine");
            assertThat(text(zip, SERVICES)).isEqualTo("a.BuiltIn\nb.Mine");
            Bundle read = new ObjectMapper().readValue(text(zip, Bundle.RESOURCE), Bundle.class);
            assertThat(read).isEqualTo(packed.bundle());
            assertThat(packed.name()).contains(read.id());
            assertThat(Bundle.unpack(read.packed())).isEqualTo(read);
        }
        assertThat(text(job, SERVICES)).isEqualTo("a.BuiltIn");
    }

    @Test
    void itsNameIsThatOfItsContents() throws Exception {
        Path job = jar("job.jar", Map.of("a/Job.class", "job"));
        try (JobJar one = JobJar.pack(job, List.of(), "shop", bundle("namespace: shop"));
                JobJar same = JobJar.pack(job, List.of(), "shop", bundle("namespace: shop"));
                JobJar other = JobJar.pack(job, List.of(), "shop", bundle("namespace: shop2"))) {
            assertThat(same.name()).isEqualTo(one.name());
            assertThat(other.name()).isNotEqualTo(one.name());
        }
    }

    private static Bundle bundle(String settings) {
        return new Bundle(
                "",
                "freshet.yaml",
                settings,
                Map.of("kafka.bootstrap", "k:1"),
                List.of(new ViewText("views/a.yaml", "view: a", Map.of("Edit", "{}"))),
                "earliest");
    }

    private Path jar(String name, Map<String, String> entries) throws Exception {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }

    private static String text(Path jar, String entry) throws Exception {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return text(zip, entry);
        }
    }

    private static String text(ZipFile zip, String entry) throws Exception {
        return new String(zip.getInputStream(zip.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
