/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import static java.util.Objects.requireNonNull;

import io.freshet.console.Activity;
import io.freshet.console.Overview;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks how all views are each few seconds, from the first question on until it is closed: pages never wait for a store that
 * does not answer, and a line can be drawn of what only the moment tells.
 */
final class Sampler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration FIRST_WITHIN = Duration.ofSeconds(20);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
    /** A line has no more points than that: of more samples only each so many. */
    private static final int MOST_TOLD = 720;

    private static final int MOST = (int) (Duration.ofDays(1).toSeconds() / EVERY.toSeconds());

    private final OverviewReader reader;
    private final Map<String, Deque<Activity.Sample>> samples = new HashMap<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private @Nullable Overview newest;
    private @Nullable ScheduledExecutorService clock;
    private boolean closed;

    Sampler(ConsoleViews views) {
        reader = new OverviewReader(views);
    }

    /** The newest sample; the first is waited for. */
    Overview overview() {
        start();
        try {
            if (!first.await(FIRST_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw LiveConsole.unavailable("Neither Kafka nor Redis nor Flink have answered yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LiveConsole.unavailable("Interrupted");
        }
        synchronized (this) {
            return requireNonNull(newest, "newest");
        }
    }

    /** Up to when a view has seen all events, by the newest sample; empty where that is not known. */
    OptionalLong watermarkMillis(String view) {
        return overview().views().stream()
                .filter(each -> each.name().equals(view) && each.watermark() != null)
                .mapToLong(Sampler::watermark)
                .findFirst();
    }

    private static long watermark(Overview.View view) {
        Long watermark = view.watermark();
        return watermark == null ? Long.MIN_VALUE : watermark;
    }

    /** What was told of a view since a moment, the oldest first; where that is much, each so many samples and the newest. */
    List<Activity.Sample> since(String view, long millis) {
        overview();
        List<Activity.Sample> found = new ArrayList<>();
        synchronized (this) {
            for (Activity.Sample sample : samples.getOrDefault(view, new ArrayDeque<>())) {
                if (sample.at() >= millis) {
                    found.add(sample);
                }
            }
        }
        return thinned(found);
    }

    static List<Activity.Sample> thinned(List<Activity.Sample> samples) {
        int step = Math.max(1, (samples.size() + MOST_TOLD - 1) / MOST_TOLD);
        List<Activity.Sample> told = new ArrayList<>();
        for (int i = (samples.size() - 1) % step; i < samples.size(); i += step) {
            told.add(samples.get(i));
        }
        return told;
    }

    /** When the first sample that is still kept was taken, ms since 1970. */
    long sinceMillis() {
        long now = overview().now();
        synchronized (this) {
            return samples.values().stream()
                    .mapToLong(each -> each.getFirst().at())
                    .min()
                    .orElse(now);
        }
    }

    private synchronized void start() {
        if (clock != null || closed) {
            return;
        }
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "console-sampler");
            thread.setDaemon(true);
            return thread;
        });
        started.scheduleWithFixedDelay(this::sample, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        clock = started;
    }

    private void sample() {
        Overview sample;
        try {
            sample = reader.read();
        } catch (RuntimeException e) {
            // Else the clock would stop in silence.
            if (!isClosed()) {
                LOG.warn("Cannot tell how the views are; trying again", e);
            }
            return;
        }
        synchronized (this) {
            newest = sample;
            sample.views().forEach(view -> keep(sample.now(), view));
        }
        first.countDown();
    }

    private synchronized void keep(long now, Overview.View view) {
        Deque<Activity.Sample> kept = samples.computeIfAbsent(view.name(), name -> new ArrayDeque<>());
        kept.addLast(new Activity.Sample(now, view.freshnessMedianMs(), view.freshnessP99Ms(), view.behindMs()));
        if (kept.size() > MOST) {
            kept.removeFirst();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        ScheduledExecutorService stopped;
        synchronized (this) {
            closed = true;
            stopped = clock;
        }
        // Not under the lock, which the sample under way needs to end.
        if (stopped != null) {
            stopped.shutdownNow();
            try {
                if (!stopped.awaitTermination(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                    LOG.warn("Stopped while Kafka, Redis or Flink were still being asked how the views are");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        reader.close();
    }
}
