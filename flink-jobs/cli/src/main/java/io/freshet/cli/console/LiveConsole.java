/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import io.freshet.cli.CommandFailedException;
import io.freshet.cli.drift.TimeRange;
import io.freshet.config.FreshetConfig;
import io.freshet.console.Activity;
import io.freshet.console.ConsoleSource;
import io.freshet.console.Definition;
import io.freshet.console.Entity;
import io.freshet.console.Graph;
import io.freshet.console.HistoryPart;
import io.freshet.console.Letters;
import io.freshet.console.Overview;
import io.freshet.console.Recent;
import io.freshet.definition.ViewText;
import io.freshet.server.Refusal;
import io.freshet.table.TableFormat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the console shows of one namespace, asked from its Kafka, Redis and Flink when it is looked at. */
public final class LiveConsole implements ConsoleSource, AutoCloseable {

    private final ConsoleViews views;
    private final List<String> baselines;
    private final Sampler sampler;
    private final ActivityReader activities;
    private final RecentRows recent;
    private final EntityReader entities;
    private final HistoryParts histories;
    private final LetterReader letters;
    private final GraphReader graphs;
    private final DriftReader drifts;

    /**
     * A console; it asks nobody before it is asked.
     *
     * @param config where Kafka, Redis and Flink are
     * @param texts the views to show
     * @param baselines ranges and training sets that columns may be compared with
     * @throws CommandFailedException if a baseline is neither
     */
    public LiveConsole(FreshetConfig config, List<ViewText> texts, List<String> baselines)
            throws CommandFailedException {
        for (String baseline : baselines) {
            check(baseline);
        }
        this.views = new ConsoleViews(config, texts);
        this.baselines = List.copyOf(baselines);
        SchemaCache schemas = new SchemaCache(views);
        sampler = new Sampler(views);
        activities = new ActivityReader(views, sampler);
        recent = new RecentRows(views, schemas);
        entities = new EntityReader(views);
        histories = new HistoryParts(views, schemas);
        letters = new LetterReader(views);
        graphs = new GraphReader(views, sampler);
        drifts = new DriftReader(views, baselines);
    }

    private static void check(String baseline) throws CommandFailedException {
        if (TableFormat.of(baseline).isPresent()) {
            return;
        }
        try {
            TimeRange.parse(baseline, Instant.now());
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongInput(e.getMessage() + "; or a file that ends in " + TableFormat.ENDINGS);
        }
    }

    @Override
    public Overview overview() {
        return sampler.overview();
    }

    @Override
    public Definition definition(String view) {
        return Definitions.of(views, views.text(view));
    }

    @Override
    public Activity activity(String view, int minutes) {
        return activities.read(views.plan(view), minutes);
    }

    @Override
    public Recent recent(String view) {
        return recent.read(views.plan(view));
    }

    @Override
    public Entity entity(String view, String key) {
        return entities.read(views.plan(view), key);
    }

    @Override
    public HistoryPart history(String view, String key, OptionalLong from, OptionalLong sinceMillis) {
        return histories.read(views.plan(view), key, from, sinceMillis);
    }

    @Override
    public Baselines baselines(String view) {
        views.plan(view);
        return new Baselines(System.currentTimeMillis(), baselines, "last 1d");
    }

    @Override
    public Map<String, @Nullable Object> drift(String view, String baseline, String against) {
        return drifts.read(views.plan(view), baseline, against, sampler.watermarkMillis(view));
    }

    @Override
    public Letters letters(Optional<String> reason) {
        return letters.read(reason);
    }

    @Override
    public Graph graph() {
        return graphs.read();
    }

    /** Unavailable for now: the page may ask again. */
    static Refusal unavailable(@Nullable String why) {
        return Refusal.of(503, "unavailable", why == null ? "It cannot be read now" : why);
    }

    @Override
    public void close() {
        sampler.close();
        activities.close();
        entities.close();
    }
}
