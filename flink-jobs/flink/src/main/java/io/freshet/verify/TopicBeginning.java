/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.ViewPlan;
import io.freshet.event.BadEventException;
import io.freshet.event.EventDecoder;
import io.freshet.event.EventTime;
import io.freshet.history.CommittedRecords;
import io.freshet.metrics.RegistryMetrics;
import io.freshet.registry.RegistryOptions;
import io.freshet.registry.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;

/** What a topic still has of its beginning. */
final class TopicBeginning {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Properties kafka;
    private final ViewPlan.SourcePlan source;
    private final RegistryOptions registry;

    TopicBeginning(Properties kafka, ViewPlan.SourcePlan source, RegistryOptions registry) {
        this.kafka = kafka;
        this.source = source;
        this.registry = registry;
    }

    /**
     * Event time since which the topic has all events. Of a partition that has lost its first events the lost ones may be
     * later than the first that is left, by the out-of-orderness. {@link Long#MIN_VALUE} where none was lost;
     * {@link Long#MAX_VALUE} where all of a partition were, and nothing is known.
     */
    long sinceMillis() {
        String topic = source.source().topic();
        Map<TopicPartition, Long> beginnings = CommittedRecords.beginnings(kafka, topic, LIMIT);
        if (beginnings.values().stream().allMatch(offset -> offset == 0)) {
            return Long.MIN_VALUE;
        }
        Map<Integer, Long> first = firstTimes();
        long since = Long.MIN_VALUE;
        for (Map.Entry<TopicPartition, Long> beginning : beginnings.entrySet()) {
            if (beginning.getValue() > 0) {
                Long left = first.get(beginning.getKey().partition());
                long whole = left == null
                        ? Long.MAX_VALUE
                        : left + source.source().outOfOrderness().toMillis() + 1;
                since = Math.max(since, whole);
            }
        }
        return since;
    }

    /** By partition, the time of the first event that is left. */
    private Map<Integer, Long> firstTimes() {
        EventDecoder decoder =
                EventDecoder.of(source, SchemaRegistry.lookupFor(source, registry, () -> RegistryMetrics.NONE));
        EventTime time = new EventTime(source.schema(), source.eventTime());
        Map<Integer, Long> first = new HashMap<>();
        CommittedRecords.readWhile(kafka, source.source().topic(), LIMIT, record -> {
            try {
                first.put(record.partition(), time.millis(decoder.decode(record.value())));
                return false;
            } catch (BadEventException e) {
                return true; // the next one, then
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return first;
    }
}
