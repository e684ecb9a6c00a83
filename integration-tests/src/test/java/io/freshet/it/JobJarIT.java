/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar for {@code flink run}: all that the job needs and a cluster does not bring. */
class JobJarIT {

    private static Path jar() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("..", "flink-jobs/flink/target"))) {
            return files.filter(file -> file.toString().endsWith("-job.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void itCarriesTheConnectorButNotFlinkItself() throws Exception {
        try (JarFile jar = new JarFile(jar().toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();
            assertThat(names)
                    .contains(
                            "io/freshet/job/FeatureJob.class",
                            "org/apache/flink/connector/kafka/source/KafkaSource.class",
                            "io/lettuce/core/RedisClient.class",
                            "io/freshet/window/WindowEngine.class");
            assertThat(names)
                    .noneMatch(name -> name.startsWith("org/apache/flink/runtime/")
                            || name.startsWith("org/apache/flink/api/")
                            || name.startsWith("org/apache/flink/core/")
                            || name.startsWith("org/apache/flink/streaming/api/")
                            || name.startsWith("org/slf4j/"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo("io.freshet.job.FeatureJob");
        }
    }
}
