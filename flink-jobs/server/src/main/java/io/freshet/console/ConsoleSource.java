/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.console;

import io.freshet.server.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where the console gets what it shows. Called by many threads; every answer takes bounded time and memory. Throws {@link
 * Refusal} where something cannot be told: 400 for a wrong question, 404 for an unknown view, 503 for a store that does
 * not answer.
 */
public interface ConsoleSource {

    /** All views and the job, as they were a few seconds ago at most. */
    Overview overview();

    /** What a view is. */
    Definition definition(String view);

    /**
     * How a view was.
     *
     * @param minutes how far back; 5, 60 or 1440
     */
    Activity activity(String view, int minutes);

    /** The newest rows of a view's history, summed up. */
    Recent recent(String view);

    /** The newest row of an entity, as the online store has it. */
    Entity entity(String view, String key);

    /**
     * A part of an entity's history: it ends where it has taken its time, and tells where the next begins.
     *
     * @param from offset in the partition of the entity's key; empty for the first that was written since {@code sinceMillis}
     * @param sinceMillis wall clock, ms since 1970; empty for the beginning
     */
    HistoryPart history(String view, String key, OptionalLong from, OptionalLong sinceMillis);

    /** What the columns of a view may be compared with. */
    Baselines baselines(String view);

    /** Whether the columns of a view are distributed as they were: what {@code freshet drift --json} prints, and bars. */
    Map<String, @Nullable Object> drift(String view, String baseline, String against);

    /**
     * The events that were put aside.
     *
     * @param reason of which the samples are to be; empty for any
     */
    Letters letters(Optional<String> reason);

    /** The tasks of the job, or where none is known to run the steps of its views. */
    Graph graph();

    /**
     * What a view's columns may be compared with.
     *
     * @param now ms since 1970 UTC
     * @param baselines ranges and training sets that the server was started with
     * @param against what to hold against them, unless asked for another
     */
    record Baselines(long now, List<String> baselines, String against) {

        public Baselines {
            baselines = List.copyOf(baselines);
        }
    }
}
