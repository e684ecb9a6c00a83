/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import io.freshet.console.Activity;
import io.freshet.console.Overview;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
    private static final int MOST = (int) (Duration.ofDays(1).toSeconds() / EVERY.toSeconds());

    private final OverviewReader reader;
    private final Deque<Overview> samples = new ArrayDeque<>();
    private final CountDownLatch first = new CountDownLatch(1);
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
            return samples.getLast();
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

    /** What was told of a view since a moment, the oldest first. */
    List<Activity.Sample> since(String view, long millis) {
        overview();
        List<Activity.Sample> found = new ArrayList<>();
        synchronized (this) {
            for (Overview sample : samples) {
                sample.views().stream()
                        .filter(each -> sample.now() >= millis && each.name().equals(view))
                        .map(each -> new Activity.Sample(
                                sample.now(), each.freshnessMedianMs(), each.freshnessP99Ms(), each.behindMs()))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** When the first sample that is still kept was taken, ms since 1970. */
    long sinceMillis() {
        overview();
        synchronized (this) {
            return samples.getFirst().now();
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
            LOG.warn("Cannot tell how the views are; trying again", e);
            return;
        }
        synchronized (this) {
            samples.addLast(sample);
            if (samples.size() > MOST) {
                samples.removeFirst();
            }
        }
        first.countDown();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (clock != null) {
                clock.shutdownNow();
            }
        }
        reader.close();
    }
}
