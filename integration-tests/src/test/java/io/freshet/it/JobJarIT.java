/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar for {@code flink run}: all that the job needs and a cluster does not bring. */
class JobJarIT {

    private static Path jar() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("..", "flink-jobs/flink/target"))) {
            return files.filter(file -> file.toString().endsWith("-job.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** With Flink beside it and nothing else, as on a cluster. */
    @Test
    void itReadsAndWritesParquetWithoutHadoop(@TempDir Path directory) throws Exception {
        List<URL> classPath = new ArrayList<>(List.of(jar().toUri().toURL()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = String.valueOf(Path.of(entry).getFileName());
            if (name.startsWith("flink-") || name.startsWith("slf4j-api") || name.startsWith("commons-")) {
                classPath.add(Path.of(entry).toUri().toURL());
            }
        }
        Path file = directory.resolve("t.parquet");
        try (URLClassLoader cluster =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = cluster.loadClass("io.freshet.table.CellType");
            Class<?> column = cluster.loadClass("io.freshet.table.TableSchema$Column");
            Class<?> schema = cluster.loadClass("io.freshet.table.TableSchema");
            Class<?> format = cluster.loadClass("io.freshet.table.TableFormat");
            Class<?> path = cluster.loadClass("org.apache.flink.core.fs.Path");
            Class<?> tables = cluster.loadClass("io.freshet.table.Tables");
            Object columns = schema.getConstructor(List.class)
                    .newInstance(List.of(column.getConstructor(String.class, type)
                            .newInstance("a", type.getField("LONG").get(null))));
            Object at = path.getConstructor(URI.class).newInstance(file.toUri());
            try (Closeable writer = (Closeable) tables.getMethod("create", path, format, schema)
                    .invoke(null, at, format.getField("PARQUET").get(null), columns)) {
                cluster.loadClass("io.freshet.table.TableWriter")
                        .getMethod("write", Object[].class)
                        .invoke(writer, (Object) new Object[] {7L});
            }
            try (Closeable reader = (Closeable) tables.getMethod("open", path).invoke(null, at)) {
                Object[] row = (Object[]) cluster.loadClass("io.freshet.table.TableReader")
                        .getMethod("next")
                        .invoke(reader);
                assertThat(row).containsExactly(7L);
            }
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
