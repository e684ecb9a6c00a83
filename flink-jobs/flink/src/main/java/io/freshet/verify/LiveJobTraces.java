/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewPlan;
import io.freshet.event.DeadLetterReason;
import io.freshet.event.PartitionNumbers;
import io.freshet.history.CommittedRecords;
import io.freshet.history.KafkaRefusal;
import io.freshet.history.LoggedSchemas;
import io.freshet.registry.RegistryOptions;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.OnlineKeys;
import io.freshet.row.OnlineRefusal;
import io.freshet.row.OnlineRights;
import io.freshet.row.RowCodec;
import io.freshet.row.RowOrigin;
import io.freshet.sink.RedisOptions;
import io.freshet.sink.TopicNames;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Finds out what the job that is judged has left behind: in Kafka, beside the history, and in the online store. */
final class LiveJobTraces {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration ADMIN_LIMIT = Duration.ofSeconds(20);
    private static final int FIRST_ROWS = 1_000;

    private final FreshetConfig config;
    private final ViewPlan plan;
    private final Properties kafka;

    LiveJobTraces(FreshetConfig config, ViewPlan plan, Properties kafka) {
        this.config = config;
        this.plan = plan;
        this.kafka = kafka;
    }

    /**
     * By partition, see {@link PartitionNumbers}, the first offset that the job had not taken in when it last completed a
     * checkpoint; empty where it told none.
     *
     * @throws VerificationException if Kafka does not answer
     */
    Map<Integer, Long> takenIn() throws VerificationException {
        Properties settings = new Properties();
        settings.putAll(kafka);
        // Less than the limit: what is given up by itself does not hold up closing.
        settings.setProperty("request.timeout.ms", String.valueOf(ADMIN_LIMIT.toMillis() / 2));
        settings.setProperty("default.api.timeout.ms", String.valueOf(ADMIN_LIMIT.toMillis()));
        try (Admin admin = Admin.create(settings)) {
            Map<TopicPartition, OffsetAndMetadata> told = admin.listConsumerGroupOffsets(config.namespace())
                    .partitionsToOffsetAndMetadata()
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            Map<Integer, Long> offsets = new HashMap<>();
            told.forEach((partition, offset) -> {
                OptionalInt topic = position(partition.topic());
                if (topic.isPresent() && offset != null) {
                    offsets.put(PartitionNumbers.number(topic.getAsInt(), partition.partition()), offset.offset());
                }
            });
            return offsets;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerificationException("Interrupted while asking Kafka", e);
        } catch (ExecutionException | TimeoutException e) {
            String why = e.getCause() == null
                    ? "no answer within " + LIMIT.toSeconds() + " s"
                    : KafkaRefusal.reason(e.getCause());
            throw new VerificationException(
                    "Cannot ask Kafka at " + config.kafka().bootstrap() + " how far the job is: " + why, e);
        }
    }

    /** Position of a topic in the view; empty where the view does not read it. */
    private OptionalInt position(@Nullable String topic) {
        for (int i = 0; i < plan.view().sources().size(); i++) {
            if (plan.view().sources().get(i).topic().equals(topic)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * The watermark that the job published last, ms; {@link Long#MIN_VALUE} for none.
     *
     * @throws VerificationException if the online store does not answer
     */
    long watermarkMillis() throws VerificationException {
        RedisOptions online = RedisOptions.of(config.redis());
        String key = OnlineKeys.watermark(config.namespace(), plan.view().name());
        RedisClient client = online.client(LIMIT);
        try (StatefulRedisConnection<String, String> redis = client.connect()) {
            String text = redis.sync().get(key);
            return text == null ? Long.MIN_VALUE : Long.parseLong(text);
        } catch (RuntimeException e) {
            OnlineRights rights = OnlineRights.toRead(config.namespace());
            throw new VerificationException(
                    OnlineRefusal.explain(e, online.place(), "GET", key, rights)
                            .orElse("Cannot read the online store at " + online.place() + ": " + e.getMessage()),
                    e);
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    /** The events of the view's topics that are among the dead letters, of this view or of all. */
    Letters letters() {
        Letters letters = new Letters();
        CommittedRecords.read(kafka, TopicNames.deadLetters(config.namespace()), LIMIT, letter -> {
            String view = header(letter, "view");
            OptionalInt topic = position(header(letter, "topic"));
            if (topic.isPresent() && (view == null || view.equals(plan.view().name()))) {
                int partition = PartitionNumbers.number(
                        topic.getAsInt(), Integer.parseInt(String.valueOf(header(letter, "partition"))));
                long offset = Long.parseLong(String.valueOf(header(letter, "offset")));
                if (DeadLetterReason.LATE.label().equals(header(letter, "reason"))) {
                    letters.addLate(partition, offset);
                } else {
                    letters.addRefused(partition, offset);
                }
            }
        });
        return letters;
    }

    private static @Nullable String header(ConsumerRecord<?, ?> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    /** Event time since which the topics have all events; {@link Long#MIN_VALUE} where none was deleted. */
    long topicSinceMillis() {
        long since = Long.MIN_VALUE;
        for (ViewPlan.SourcePlan source : plan.sources()) {
            since = Math.max(
                    since, new TopicBeginning(kafka, source, RegistryOptions.of(config.registry())).sinceMillis());
        }
        return since;
    }

    /** Wall clock since which the history has all rows; {@link Long#MIN_VALUE} where none was deleted. */
    long historySinceMillis() {
        String topic = TopicNames.history(config.namespace(), plan.view().name());
        Map<TopicPartition, Long> beginnings = CommittedRecords.beginnings(kafka, topic, LIMIT);
        if (beginnings.values().stream().allMatch(offset -> offset == 0)) {
            return Long.MIN_VALUE;
        }
        Map<Integer, Long> first = new HashMap<>();
        CommittedRecords.readWhile(kafka, topic, LIMIT, record -> {
            first.put(record.partition(), record.timestamp());
            return false;
        });
        long since = Long.MIN_VALUE;
        for (Map.Entry<TopicPartition, Long> beginning : beginnings.entrySet()) {
            if (beginning.getValue() > 0) {
                // All of it may be gone.
                since = Math.max(since, first.getOrDefault(beginning.getKey().partition(), System.currentTimeMillis()));
            }
        }
        return since;
    }

    /**
     * What the first rows of the history tell.
     *
     * @param writtenMillis when the first was written, wall clock; {@link Long#MAX_VALUE} where there is none
     * @param startedMillis when Kafka took in the first events that the job saw, where its first rows are warming: it did
     *     not see those before. {@link Long#MIN_VALUE} where its first rows are complete
     */
    record FirstRows(long writtenMillis, long startedMillis) {}

    /**
     * Reads the first rows of the live job.
     *
     * @param schemas of the history
     */
    FirstRows firstRows(LoggedSchemas schemas) {
        RowCodec codec = schemas.codec(plan);
        long[] written = {Long.MAX_VALUE};
        long[] ingested = {Long.MAX_VALUE};
        boolean[] isWarming = {false};
        Map<Integer, Integer> read = new HashMap<>();
        String history = TopicNames.history(config.namespace(), plan.view().name());
        CommittedRecords.readWhile(kafka, history, LIMIT, record -> {
            HistoryRow row = codec.decode(record.value());
            if (row.origin() != RowOrigin.LIVE) {
                return true;
            }
            int rows = read.merge(record.partition(), 1, Integer::sum);
            isWarming[0] |= rows == 1 && !row.warming().isEmpty();
            written[0] = Math.min(written[0], record.timestamp());
            if (row.ingestedAtMillis() != FeatureRow.NO_EVENT) {
                ingested[0] = Math.min(ingested[0], row.ingestedAtMillis());
            }
            return rows < FIRST_ROWS;
        });
        return new FirstRows(written[0], isWarming[0] ? ingested[0] : Long.MIN_VALUE);
    }
}
