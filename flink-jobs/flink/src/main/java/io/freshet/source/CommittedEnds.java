/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.source;

import io.freshet.history.CommittedRecords;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where what is committed of a topic ends when the job starts. Not the true end: before that a transaction may be open,
 * and a reader waits until it is not.
 */
final class CommittedEnds implements OffsetsInitializer {
    private static final long serialVersionUID = 1L;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Properties kafka;
    private final String topic;

    CommittedEnds(Properties kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> ends = new HashMap<>(CommittedRecords.ends(kafka, topic, LIMIT));
        ends.keySet().retainAll(partitions);
        return ends;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.LATEST;
    }
}
