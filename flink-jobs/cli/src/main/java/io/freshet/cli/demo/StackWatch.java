/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import io.freshet.cli.CommandFailedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** What Kafka holds. */
final class StackWatch implements AutoCloseable {

    private final Admin admin;

    StackWatch(Properties kafka) {
        admin = Admin.create(kafka);
    }

    /** Whether every transaction on these topics is decided: committed readers see all there is. */
    boolean allCommitted(List<String> topics) throws CommandFailedException {
        return offsets(topics, IsolationLevel.READ_COMMITTED).equals(offsets(topics, IsolationLevel.READ_UNCOMMITTED));
    }

    /** One past the last record of each partition. */
    Map<TopicPartition, Long> offsets(List<String> topics, IsolationLevel isolation) throws CommandFailedException {
        try {
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            for (TopicDescription topic :
                    admin.describeTopics(topics).allTopicNames().get().values()) {
                for (TopicPartitionInfo partition : topic.partitions()) {
                    wanted.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
                }
            }
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : admin.listOffsets(
                            wanted, new ListOffsetsOptions(isolation))
                    .all()
                    .get()
                    .entrySet()) {
                ends.put(end.getKey(), end.getValue().offset());
            }
            return ends;
        } catch (ExecutionException e) {
            throw CommandFailedException.failed("Cannot ask Kafka for the ends of " + topics + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.failed("Cannot ask Kafka for the ends of " + topics + ": interrupted");
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
