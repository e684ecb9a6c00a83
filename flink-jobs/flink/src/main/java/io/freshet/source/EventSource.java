/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.source;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.operator.PlanSource;
import io.freshet.operator.SerializedType;
import io.freshet.registry.RegistryOptions;
import io.freshet.source.SourceRecord.Decoded;
import java.time.Clock;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/** The source of one topic, and its watermarks. */
public final class EventSource {

    private EventSource() {}

    /**
     * Reads a topic.
     *
     * @param config how to reach Kafka and, where events name their schemas by id, the registry
     * @param group consumer group, under which offsets are told for monitoring
     * @param source any of the views over the topic
     * @param topic position of the topic in that view
     * @param range from where to where; a bounded one ends where what is committed ends when the job starts
     */
    public static KafkaSource<SourceRecord> of(
            FreshetConfig config, String group, PlanSource source, int topic, EventRange range) {
        FreshetConfig.Kafka kafka = config.kafka();
        Properties properties = new Properties();
        kafka.properties().forEach((key, secret) -> properties.setProperty(key, secret.value()));
        KafkaSourceBuilder<SourceRecord> builder = KafkaSource.<SourceRecord>builder()
                .setBootstrapServers(kafka.bootstrap())
                .setGroupId(group)
                .setTopics(source.plan().view().sources().get(topic).topic())
                .setProperties(properties)
                .setProperty("isolation.level", "read_committed")
                .setStartingOffsets(offsets(range.start()))
                .setDeserializer(new EventDecoding(
                        source,
                        topic,
                        RegistryOptions.of(config.registry()),
                        config.limits().eventBytes(),
                        Clock.systemUTC()));
        if (range.isBounded()) {
            properties.setProperty("bootstrap.servers", kafka.bootstrap());
            builder.setBounded(new CommittedEnds(
                    properties, source.plan().view().sources().get(topic).topic()));
        }
        return builder.build();
    }

    private static OffsetsInitializer offsets(EventRange.Start start) {
        if (start instanceof EventRange.At at) {
            return OffsetsInitializer.timestamp(at.kafkaMillis());
        }
        return start instanceof EventRange.Latest ? OffsetsInitializer.latest() : OffsetsInitializer.earliest();
    }

    /** The type of what is read of a topic. */
    public static TypeInformation<SourceRecord> type(ViewPlan.SourcePlan source) {
        return new SerializedType<>(
                SourceRecord.class, new SourceRecordSerializer(source.schema().toString()));
    }

    /** The watermarks of a topic. A bounded run knows no idle partition: each is read to its end. */
    public static WatermarkStrategy<SourceRecord> watermarks(FeatureView.Source source, EventRange range) {
        long trailMillis = source.outOfOrderness().toMillis();
        WatermarkStrategy<SourceRecord> strategy = WatermarkStrategy.<SourceRecord>forGenerator(
                        context -> new EventWatermarks(trailMillis))
                .withTimestampAssigner(
                        (item, kafkaMillis) -> item instanceof Decoded decoded ? decoded.timeMillis() : kafkaMillis);
        return range.isBounded() ? strategy : strategy.withIdleness(source.idleAfter());
    }
}
