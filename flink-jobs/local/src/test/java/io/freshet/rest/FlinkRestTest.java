/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.freshet.local.Ports;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where Flink does not answer as hoped; what it answers else is tested on a cluster. */
class FlinkRestTest {

    @TempDir
    private Path folder;

    private final AtomicReference<String> asked = new AtomicReference<>("");
    private HttpServer server;
    private FlinkRest flink;
    private int status = 200;
    private String answer = "{}";

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(Ports.LOOPBACK, 0), 0);
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n"
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(bytes);
            }
        });
        server.start();
        flink = new FlinkRest(URI.create(
                "http://" + Ports.LOOPBACK + ":" + server.getAddress().getPort() + "/proxy/"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void nobodyThereIsSaidWithTheSettingThatLedThere() {
        server.stop(0);
        assertThatThrownBy(flink::overview)
                .isInstanceOf(FlinkRestException.class)
                .hasMessage("Cannot look at the cluster: no Flink answers at " + flink.address()
                        + " (setting flink.rest; 'freshet cluster up' starts one)");
    }

    @Test
    void aRefusalIsToldInFlinksWords() {
        status = 404;
        answer = "{\"errors\":[\"Not found: /jobs/1\"]}";
        assertThatThrownBy(() -> flink.job("1"))
                .hasMessage("Cannot look at job 1 at " + flink.address() + ": Not found: /jobs/1");
    }

    @Test
    void anotherServerIsNotTakenForFlink() {
        answer = "<html>hello</html>";
        assertThatThrownBy(flink::jobs).hasMessageContaining("what answers there is not Flink's REST endpoint");
    }

    @Test
    void aJarGoesAsAForm() throws Exception {
        Path jar = Files.writeString(folder.resolve("a.jar"), "the jar");
        answer = "{\"filename\":\"/tmp/flink-web-upload/1234_mine.jar\",\"status\":\"success\"}";
        assertThat(flink.upload(jar, "mine.jar")).isEqualTo("1234_mine.jar");
        assertThat(asked.get())
                .startsWith("POST /proxy/jars/upload\n--")
                .contains("name=\"jarfile\"; filename=\"mine.jar\"", "\r\n\r\nthe jar\r\n--");
    }

    @Test
    void aRunNamesItsStateOnlyWhereThereIsOne() throws Exception {
        answer = "{\"jobid\":\"ab\"}";
        assertThat(flink.run("j", new RunRequest(List.of("--x", "1"), Optional.empty(), Optional.empty(), true)))
                .isEqualTo("ab");
        assertThat(asked.get()).endsWith("{\"programArgsList\":[\"--x\",\"1\"]}");
        flink.run("j", new RunRequest(List.of(), Optional.of("0a"), Optional.of("file:/s"), false));
        assertThat(asked.get())
                .endsWith("{\"programArgsList\":[],\"jobId\":\"0a\",\"savepointPath\":\"file:/s\","
                        + "\"allowNonRestoredState\":false}");
    }
}
