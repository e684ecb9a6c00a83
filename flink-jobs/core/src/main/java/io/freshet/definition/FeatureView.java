/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One definition as its author wrote it, with defaults filled in. Meaning and defaults of each key: the JSON Schema
 * {@code feature-view.schema.json}.
 *
 * @param name name of the view: lower case letters, digits and _
 * @param version raised when the meaning changes, 1 or more
 * @param description what it tells of its entity; may be empty
 * @param owner who answers for it; may be empty
 * @param sources where its events come from, one or more, each of a topic of its own
 * @param entity the event fields that make the entity key, one or more
 * @param where CEL over the event; events for which it is not true are passed over
 * @param emit when events are applied
 * @param features the features in the order written, one or more
 * @param derived CEL over the features, in the order written
 * @param online how the online store keeps its rows
 * @param history how the history keeps its rows
 * @param freshness the target from event to readable value
 * @param coalesce for how long the events of a busy entity may wait for each other, to give one row; empty for a row each
 * @param drift how far its columns may drift
 * @param onDemand what is computed when it is read
 */
public record FeatureView(
        String name,
        int version,
        String description,
        String owner,
        List<Source> sources,
        List<String> entity,
        Optional<Text> where,
        Emit emit,
        List<Feature> features,
        List<Derived> derived,
        Online online,
        History history,
        Duration freshness,
        Optional<Duration> coalesce,
        DriftLimits drift,
        OnDemand onDemand) {

    /** The time between two publications of a watermark. */
    private static final Duration PUBLISHED_EVERY = Duration.ofSeconds(1);

    public FeatureView {
        sources = List.copyOf(sources);
        entity = List.copyOf(entity);
        features = List.copyOf(features);
        derived = List.copyOf(derived);
    }

    /** Whether its events come from files: it is then computed by runs that end. */
    public boolean isOverFiles() {
        return sources.stream().anyMatch(source -> source.files().isPresent());
    }

    /**
     * How far its published watermark may be behind the clock before its rows are stale, where readers are told nothing else:
     * its freshness target, by how much the watermark trails, and the time between two publications.
     */
    public Duration staleAfter() {
        Duration trails = sources.stream()
                .map(Source::outOfOrderness)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return freshness.plus(PUBLISHED_EVERY).plus(trails);
    }

    /** The same view with its events applied in order of event time, whatever order they arrive in. */
    public FeatureView inOrder() {
        return new FeatureView(
                name,
                version,
                description,
                owner,
                sources,
                entity,
                where,
                Emit.ON_WATERMARK,
                features,
                derived,
                online,
                history,
                freshness,
                Optional.empty(),
                drift,
                onDemand);
    }

    /**
     * A piece of the author's text and where it stands.
     *
     * @param text the text
     * @param line line in the file, from 1
     * @param column column in the line, from 1; in a block of several lines that of each of them
     */
    public record Text(String text, int line, int column) {}

    /**
     * A topic or files that events come from. Views over one topic must agree on all of it.
     *
     * @param topic the Kafka topic; of files their pattern
     * @param schema an Avro schema by name or file
     * @param eventTime the timestamp field of the schema
     * @param outOfOrderness how far the watermark trails the greatest event time
     * @param idleAfter silence after which a partition no longer holds the watermark back
     * @param maxFuture events further ahead of the clock are dead letters
     * @param nonFinite what happens to events with a NaN or infinite input
     * @param files the files that events come from; empty: they come from the topic
     * @param format how its events lie in its records
     * @param writerSchema the schema that all of its events were written with, by name or file, where the format says it
     *     nowhere; empty where it is {@code schema}
     */
    public record Source(
            String topic,
            String schema,
            String eventTime,
            Duration outOfOrderness,
            Duration idleAfter,
            Duration maxFuture,
            NonFinite nonFinite,
            Optional<Files> files,
            EventFormat format,
            Optional<String> writerSchema) {

        /** A topic of events in single-object encoding. */
        public Source(
                String topic,
                String schema,
                String eventTime,
                Duration outOfOrderness,
                Duration idleAfter,
                Duration maxFuture,
                NonFinite nonFinite) {
            this(
                    topic,
                    schema,
                    eventTime,
                    outOfOrderness,
                    idleAfter,
                    maxFuture,
                    nonFinite,
                    Optional.empty(),
                    EventFormat.SINGLE_OBJECT,
                    Optional.empty());
        }
    }

    /**
     * Files in place of a topic.
     *
     * @param pattern path or URI with wildcards, from the folder of the settings where it is relative
     * @param available from when a reader could have known of an event
     */
    public record Files(String pattern, Availability available) {}

    /** From when a reader could have known of an event in a file. */
    public sealed interface Availability {

        /** From when a run loaded the file. */
        record Loaded() implements Availability {}

        /**
         * A stated time after it happened.
         *
         * @param delay above zero
         */
        record After(Duration delay) implements Availability {}

        /**
         * As the event says.
         *
         * @param field a timestamp field of the schema
         */
        record At(Text field) implements Availability {}
    }

    /** What happens to NaN and infinite inputs. */
    public enum NonFinite {
        /** The value is taken as null, and counted. */
        SKIP,
        /** The event is a dead letter. */
        DEAD_LETTER
    }

    /**
     * One feature: an aggregate over one or more windows; each window gives a column {@code <name>_<window>}.
     *
     * @param name name of the feature
     * @param from the topics whose events count, as written; none for all of the view
     * @param call the function and what it is called with
     * @param per what tells categories apart: a field of the event, or CEL over it; each has its own value
     * @param maxCategories how many categories a window may hold
     * @param latest how many events count, the latest of each window; 0 for all
     * @param where CEL over the event; others do not count
     * @param windows its windows, one or more, no two of one label
     */
    public record Feature(
            String name,
            List<Text> from,
            FunctionCall call,
            Optional<Text> per,
            int maxCategories,
            int latest,
            Optional<Text> where,
            List<Window> windows) {
        public Feature {
            from = List.copyOf(from);
            windows = List.copyOf(windows);
        }

        /** Its first input. */
        public Text input() {
            return call.input();
        }
    }

    /**
     * A function and what it is called with.
     *
     * @param function name of the function
     * @param input {@code *}, a field of the event, or CEL over the event
     * @param arguments what the view gives for the function's other parameters
     */
    public record FunctionCall(String function, Text input, Map<String, Text> arguments) {
        public FunctionCall {
            arguments = Map.copyOf(arguments);
        }
    }

    /**
     * A column computed from other columns of the row.
     *
     * @param name name of the column
     * @param expression CEL over the windowed columns
     */
    public record Derived(String name, Text expression) {}

    /**
     * What is computed when it is read, and kept nowhere.
     *
     * @param request what a request must say, in the order written
     * @param features CEL over the columns and the request, in the order written
     */
    public record OnDemand(List<RequestField> request, List<Derived> features) {

        /** Nothing. */
        public static final OnDemand NONE = new OnDemand(List.of(), List.of());

        public OnDemand {
            request = List.copyOf(request);
            features = List.copyOf(features);
        }
    }

    /**
     * One thing that a request says.
     *
     * @param name its name; {@code request.<name>} in CEL
     * @param type its type, as written
     */
    public record RequestField(String name, Text type) {}

    /**
     * How the online store keeps rows.
     *
     * @param ttl how long after its last write a key lives; empty for ever
     * @param layout in which form
     */
    public record Online(Optional<Duration> ttl, Layout layout) {

        /** As hashes. */
        public Online(Optional<Duration> ttl) {
            this(ttl, Layout.HASH);
        }
    }

    /**
     * How the history keeps rows.
     *
     * @param retention how long after writing; empty for ever
     */
    public record History(Optional<Duration> retention) {}
}
