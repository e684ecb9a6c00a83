/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a view is.
 *
 * @param file where it is written
 * @param yaml its text
 * @param emit {@code on_event} or {@code on_watermark}
 * @param where CEL over the event; null for all events
 * @param layout form of its rows in Redis
 * @param ttlMs how long after its last write a key lives; null for ever
 * @param retentionMs how long the history keeps a row; null for ever
 * @param targetMs the freshness that it promises
 * @param coalesceMs for how long events of a busy entity wait for each other; null where they do not
 * @param historyTopic its history
 * @param onlineKey its keys in Redis, with names of fields in place of values
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Definition(
        String name,
        int version,
        String description,
        String owner,
        String file,
        String yaml,
        List<Field> entity,
        String emit,
        @Nullable String where,
        String layout,
        @Nullable Long ttlMs,
        @Nullable Long retentionMs,
        long targetMs,
        @Nullable Long coalesceMs,
        String historyTopic,
        String onlineKey,
        List<Source> sources,
        List<Column> columns,
        List<OnDemand> onDemand) {

    public Definition {
        entity = List.copyOf(entity);
        sources = List.copyOf(sources);
        columns = List.copyOf(columns);
        onDemand = List.copyOf(onDemand);
    }

    /** A field of the entity's key. */
    public record Field(String name, String type) {}

    /**
     * Where events come from.
     *
     * @param from a topic, or a pattern of files
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Source(
            String from,
            String schema,
            String eventTime,
            String format,
            long outOfOrdernessMs,
            long idleAfterMs,
            long maxFutureMs) {}

    /**
     * A column of the rows.
     *
     * @param feature the feature that it is one window of; null for a derived one
     * @param window label of its window; of a derived one that which reaches back furthest
     * @param windowMs how far the window reaches back; null for a lifetime
     * @param hopMs how finely its tail is cut; null for a lifetime
     * @param computed the function and what it is called with, or CEL
     * @param where which events count; null for all
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Column(
            String name,
            String type,
            @Nullable String feature,
            String window,
            @Nullable Long windowMs,
            @Nullable Long hopMs,
            String computed,
            @Nullable String where) {}

    /** What is computed when it is read. */
    public record OnDemand(String name, String type, String expression) {}
}
