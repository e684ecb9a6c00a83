/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import io.freshet.cli.CommandFailedException;
import io.freshet.cli.cluster.Offsets;
import io.freshet.console.Activity;
import io.freshet.definition.ViewPlan;
import io.freshet.sink.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Tells how much was written to a history over time, by its offsets: no row is read. Over one connection that it opens when it is first asked. */
final class ActivityReader implements AutoCloseable {

    private static final int BUCKETS = 60;

    private final ConsoleViews views;
    private final Sampler sampler;
    private @Nullable Offsets offsets;

    ActivityReader(ConsoleViews views, Sampler sampler) {
        this.views = views;
        this.sampler = sampler;
    }

    Activity read(ViewPlan plan, int minutes) {
        long now = System.currentTimeMillis();
        long size = Duration.ofMinutes(minutes).toMillis() / BUCKETS;
        long from = Math.floorDiv(now - Duration.ofMinutes(minutes).toMillis(), size) * size;
        return new Activity(
                now,
                from,
                size,
                buckets(plan, from, size, now),
                sampler.sinceMillis(),
                sampler.since(plan.view().name(), from));
    }

    private @Nullable List<Activity.Bucket> buckets(ViewPlan plan, long from, long size, long now) {
        List<Long> bounds = new ArrayList<>();
        for (long bound = from; bound < now + size; bound += size) {
            bounds.add(bound);
        }
        try {
            Optional<List<Long>> found = offsets()
                    .writtenBefore(
                            TopicNames.history(views.namespace(), plan.view().name()), bounds);
            if (found.isEmpty()) {
                return null;
            }
            List<Long> written = found.get();
            List<Activity.Bucket> buckets = new ArrayList<>();
            for (int i = 0; i + 1 < bounds.size(); i++) {
                buckets.add(new Activity.Bucket(bounds.get(i), Math.max(0, written.get(i + 1) - written.get(i))));
            }
            return buckets;
        } catch (CommandFailedException | KafkaException e) {
            return null;
        }
    }

    private synchronized Offsets offsets() {
        Offsets known = offsets;
        if (known == null) {
            known = new Offsets(views.kafka());
            offsets = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        if (offsets != null) {
            offsets.close();
        }
    }
}
