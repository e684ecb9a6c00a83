/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.eventfile.EventFiles;
import io.freshet.history.CommittedRecords;
import io.freshet.history.HistorySource;
import io.freshet.history.KafkaRefusal;
import io.freshet.job.KafkaSettings;
import io.freshet.job.PreflightException;
import io.freshet.job.RegistryPreflight;
import io.freshet.job.TopicPreflight;
import io.freshet.sink.HistoryLock;
import io.freshet.sink.KafkaSinks;
import io.freshet.sink.TopicNames;
import io.freshet.source.EventRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A backfill, stated.
 *
 * @param config the settings
 * @param views what is backfilled
 * @param topics where its events come from
 * @param span which rows are asked for
 */
public record BackfillSpec(FreshetConfig config, List<View> views, List<Topic> topics, Span span) {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Longer than any transaction lives. */
    private static final Duration LONGEST_TRANSACTION = KafkaSinks.TRANSACTION_TIMEOUT.plusMinutes(1);

    /**
     * What the user asks for.
     *
     * @param span which rows
     * @param delay how long after its as_of a row is available; empty: by what the history says
     * @param files files of events that are older than the topic, see {@link EventFiles}
     * @param filesHoldAll whether there were no events before those of the files
     */
    public record Request(Span span, Optional<Duration> delay, List<String> files, boolean filesHoldAll) {

        public Request {
            files = List.copyOf(files);
        }

        /** Of the topics alone. */
        public static Request ofTopics(Span span, Optional<Duration> delay) {
            return new Request(span, delay, List.of(), false);
        }

        private Bounds.Files kind() {
            if (files.isEmpty()) {
                return Bounds.Files.NONE;
            }
            return filesHoldAll ? Bounds.Files.ALL : Bounds.Files.SOME;
        }
    }

    /**
     * A view.
     *
     * @param text its definition
     * @param delay how long after its as_of a row is available
     * @param lock the right to write to its history
     * @param history what is in its history
     */
    public record View(ViewText text, BackfillDelay delay, HistoryLock lock, HistorySource.Bounded history) {

        /** Its name. */
        public String name() {
            return text.plan().view().name();
        }

        /** Position of that topic in the view; -1 if it has no events from there. */
        int position(String topic) {
            List<FeatureView.Source> sources = text.plan().view().sources();
            for (int i = 0; i < sources.size(); i++) {
                if (sources.get(i).topic().equals(topic)) {
                    return i;
                }
            }
            return -1;
        }
    }

    /**
     * A topic of events.
     *
     * @param name its name
     * @param records upper bound of the records to read of it
     * @param files files of its older events
     * @param sources what is known of where its events come from
     */
    public record Topic(String name, long records, List<String> files, Bounds.Sources sources) {

        public Topic {
            files = List.copyOf(files);
        }
    }

    public BackfillSpec {
        views = List.copyOf(views);
        topics = List.copyOf(topics);
    }

    /**
     * Looks at Kafka, makes the topics that the backfill writes, takes the right to write them, and states the backfill.
     *
     * @throws PreflightException if it cannot start
     * @throws DelayUnknownException if a delay is needed that nothing says
     * @throws IllegalArgumentException if there are files and views over more than one topic
     */
    public static BackfillSpec prepare(FreshetConfig config, List<ViewText> texts, Request request)
            throws PreflightException, DelayUnknownException {
        if (!request.files().isEmpty()
                && texts.stream()
                                .flatMap(text -> text.plan().view().sources().stream())
                                .map(FeatureView.Source::topic)
                                .distinct()
                                .count()
                        > 1) {
            throw new IllegalArgumentException(
                    "Cannot tell which topic the events of files are of: name views over one topic with --files");
        }
        RegistryPreflight.run(config, texts);
        TopicPreflight.run(config, texts, new EventRange(new EventRange.Earliest(), EventRange.End.AT_LATEST));
        try {
            List<View> views = new ArrayList<>();
            for (ViewText text : texts) {
                views.add(view(config, text, request.delay()));
            }
            Set<String> names = new HashSet<>();
            List<Topic> topics = new ArrayList<>();
            for (View view : views) {
                for (FeatureView.Source source : view.text().plan().view().sources()) {
                    if (names.add(source.topic())) {
                        topics.add(topic(config, source, request));
                    }
                }
            }
            return new BackfillSpec(config, views, topics, request.span());
        } catch (KafkaException e) {
            throw new PreflightException(
                    "Cannot look at the topics on Kafka at " + config.kafka().bootstrap() + ": "
                            + KafkaRefusal.reason(e),
                    e);
        }
    }

    private static View view(FreshetConfig config, ViewText text, Optional<Duration> given)
            throws PreflightException, DelayUnknownException {
        Properties kafka = KafkaSettings.of(config);
        ViewPlan plan = text.plan();
        String name = plan.view().name();
        BackfillDelay delay = given.map(duration -> new BackfillDelay(duration, BackfillDelay.Basis.GIVEN))
                .or(() -> BackfillDelay.ofHistory(kafka, config.namespace(), plan))
                .orElseThrow(() -> new DelayUnknownException(name));
        HistoryLock lock = HistoryLock.take(kafka, config.namespace(), name);
        // Rows behind an open transaction of the live job cannot be read yet: not seen, they would be written again.
        String topic = TopicNames.history(config.namespace(), name);
        if (!CommittedRecords.await(kafka, topic, LIMIT, LONGEST_TRANSACTION)) {
            throw new PreflightException("Cannot see all that is in topic '" + topic
                    + "': a transaction has been open for " + LONGEST_TRANSACTION.toMinutes()
                    + " minutes; kafka-transactions.sh find-hanging finds it");
        }
        return new View(text, delay, lock, HistorySource.of(kafka, config.namespace(), plan, 0));
    }

    private static Topic topic(FreshetConfig config, FeatureView.Source source, Request request) {
        Properties kafka = KafkaSettings.of(config);
        String name = source.topic();
        Map<TopicPartition, Long> beginnings = CommittedRecords.beginnings(kafka, name, LIMIT);
        long records = 0;
        for (Map.Entry<TopicPartition, Long> end :
                CommittedRecords.ends(kafka, name, LIMIT).entrySet()) {
            records += end.getValue() - beginnings.getOrDefault(end.getKey(), 0L);
        }
        Set<Integer> truncated = new HashSet<>();
        beginnings.forEach((partition, offset) -> {
            if (offset > 0) {
                truncated.add(partition.partition());
            }
        });
        return new Topic(
                name,
                records,
                request.files(),
                new Bounds.Sources(truncated, source.outOfOrderness().toMillis(), request.kind()));
    }
}
