/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import io.freshet.metrics.RegistryMetrics;
import io.freshet.registry.RegistryOptions;
import io.freshet.registry.SchemaRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.awaitility.Awaitility;

/**
 * Apicurio Registry in a JVM of its own, as the build unpacks it from Maven Central, with its Confluent-compatible API. What
 * it was told lies in a file, so that it is still there after a restart. Each start takes the same port.
 */
final class Apicurio implements AutoCloseable {

    private static final Path PROGRAM = Path.of("target", "apicurio");
    private static final String API = "/apis/ccompat/v7";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Path folder;
    private final int port;
    private Process process;

    private Apicurio(Path folder) throws IOException {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        process = launch();
    }

    /**
     * Starts it.
     *
     * @param folder for its data and its log
     */
    static Apicurio start(Path folder) throws IOException {
        Apicurio apicurio = new Apicurio(folder);
        apicurio.awaitAnswer();
        return apicurio;
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:"
                                + folder.resolve("registry").toAbsolutePath()
                                // Written when committed: what is registered outlives a kill that comes at once.
                                + ";WRITE_DELAY=0",
                        "-jar",
                        program())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("registry.log").toFile()))
                .start();
    }

    private static String program() throws IOException {
        try (Stream<Path> files = Files.list(PROGRAM)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(
                            "Cannot find Apicurio in " + PROGRAM + ": the build unpacks it before integration tests"))
                    .toAbsolutePath()
                    .toString();
        }
    }

    private void awaitAnswer() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                .timeout(Duration.ofSeconds(2))
                .build();
        Awaitility.await("Apicurio answers; its log is in " + folder)
                .atMost(START_LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }

    String url() {
        return "http://127.0.0.1:" + port + API;
    }

    /** Registers a schema, as producers do; gives its id. */
    int register(String subject, Schema schema) throws IOException {
        return client().register(subject, schema);
    }

    /** A client as the job has one. */
    SchemaRegistry client() {
        return client(url());
    }

    static SchemaRegistry client(String url) {
        return new SchemaRegistry(
                new RegistryOptions(List.of(url), null, null, null, Duration.ofSeconds(5), Duration.ofSeconds(20)),
                RegistryMetrics.NONE);
    }

    /** Ends it at once. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }

    /** Starts it again where it was killed, and waits until it answers. */
    void restart() throws IOException {
        process = launch();
        awaitAnswer();
    }

    /** Lets it hang: it takes connections and says nothing. */
    void suspend() throws Exception {
        signal("STOP");
    }

    /** Lets it go on where it hung. */
    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
