/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalStackTest {

    private static LocalStack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
    }

    @AfterAll
    static void stop() {
        stack.close();
        assertThat(stack.directory()).doesNotExist();
        assertThat(ProcessHandle.of(stack.redisPid()).filter(ProcessHandle::isAlive))
                .isEqualTo(Optional.empty());
    }

    @Test
    void kafkaGivesBackWhatItWasGiven() throws Exception {
        Map<String, Object> clients = Map.of("bootstrap.servers", stack.bootstrapServers());
        try (Admin admin = Admin.create(clients);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(clients, new StringSerializer(), new StringSerializer());
                KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", stack.bootstrapServers(), "auto.offset.reset", "earliest"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            admin.createTopics(List.of(new NewTopic("words", 1, (short) 1)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>("words", "k", "v")).get();
            consumer.assign(List.of(new TopicPartition("words", 0)));
            List<String> values = new ArrayList<>();
            consumer.poll(Duration.ofSeconds(30)).forEach(record -> values.add(record.value()));
            assertThat(values).containsExactly("v");
        }
    }

    @Test
    void redisGivesBackWhatItWasGiven() throws Exception {
        URI uri = URI.create(stack.redisUri());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort());
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.getOutputStream().write("SET k v\r\nGET k\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(List.of(answers.readLine(), answers.readLine(), answers.readLine()))
                    .containsExactly("+OK", "$1", "v");
        }
    }

    @Test
    void flinkRunsJobToItsEnd() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSequence(1, 100).sinkTo(new DiscardingSink<>());
        JobHandle job = stack.flink().submit(env);
        job.awaitEnd();
        assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
    }

    @Test
    void runningJobTakesCheckpointAndIsCancelled() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.enableCheckpointing(600_000);
        env.fromSequence(1, Long.MAX_VALUE).sinkTo(new DiscardingSink<>());
        JobHandle job = stack.flink().submit(env);
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(job::checkpoint);
        job.cancel();
        assertThat(job.status()).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void takenPortIsNamedWithItsOption() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            long before = leftovers();
            assertThatThrownBy(() -> LocalStack.start(new LocalStack.Options(0, taken.getLocalPort(), 0, 1)))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining("Cannot start Redis on port " + taken.getLocalPort())
                    .hasMessageContaining("--redis-port");
            assertThat(leftovers()).isEqualTo(before);
        }
    }

    private static long leftovers() throws Exception {
        try (java.util.stream.Stream<java.nio.file.Path> files =
                Files.list(stack.directory().resolveSibling(""))) {
            return files.filter(path -> path.getFileName().toString().startsWith("freshet-"))
                    .count();
        }
    }
}
