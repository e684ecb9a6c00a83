/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.history.KafkaRefusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics. */
public final class Topics implements AutoCloseable {

    private static final long LIMIT_SECONDS = 30;

    private final Admin admin;
    private final String bootstrap;

    /** For the cluster that these client settings name. */
    public Topics(Properties kafka) {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.putIfAbsent("default.api.timeout.ms", "20000");
        properties.putIfAbsent("request.timeout.ms", "10000");
        bootstrap = kafka.getProperty("bootstrap.servers");
        admin = Admin.create(properties);
    }

    /** Creates a topic unless it is there. Its events are kept until somebody deletes them. */
    public void createIfMissing(String topic, int partitions) throws CommandFailedException {
        NewTopic missing =
                new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(Map.of("retention.ms", "-1"));
        try {
            answer(admin.createTopics(List.of(missing)).all(), "create topic '" + topic + "'");
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw failed("create topic '" + topic + "'", e);
            }
        }
    }

    private <T> T answer(KafkaFuture<T> future, String what) throws ExecutionException, CommandFailedException {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw failed(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(what, e);
        }
    }

    private CommandFailedException failed(String what, Throwable cause) {
        return CommandFailedException.failed("Cannot " + what + " on Kafka at " + bootstrap + ": "
                + KafkaRefusal.explain(cause).orElse(cause.getMessage() + " (is it running? 'freshet up' starts one)"));
    }

    @Override
    public void close() {
        admin.close();
    }
}
