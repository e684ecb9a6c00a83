/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.monitoring;

import io.freshet.metrics.RegistryMetrics;
import java.time.Clock;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts what becomes of asking the schema registry, in the metric group {@code freshet.registry}: {@code answers},
 * {@code failures}, and {@code waiting_ms}, for how long the task has waited for it by now, 0 while it does not.
 */
public final class FlinkRegistryMetrics implements RegistryMetrics {

    private static final long NOT_WAITING = -1;

    private final Clock clock = Clock.systemUTC();
    private final Counter answers;
    private final Counter failures;
    private volatile long waitingSinceMillis = NOT_WAITING;

    /** The metrics of a registry, as asked by one operator. */
    public FlinkRegistryMetrics(MetricGroup taskGroup) {
        MetricGroup group = taskGroup.addGroup("freshet").addGroup("registry");
        answers = group.counter("answers");
        failures = group.counter("failures");
        group.<Long, Gauge<Long>>gauge("waiting_ms", this::waitingMillis);
    }

    private long waitingMillis() {
        long since = waitingSinceMillis;
        return since == NOT_WAITING ? 0 : Math.max(0, clock.millis() - since);
    }

    @Override
    public void answered() {
        answers.inc();
    }

    @Override
    public void failed() {
        failures.inc();
    }

    @Override
    public void waitBegins() {
        waitingSinceMillis = clock.millis();
    }

    @Override
    public void waitEnds() {
        waitingSinceMillis = NOT_WAITING;
    }
}
