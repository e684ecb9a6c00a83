/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.monitoring;

import io.freshet.row.FeatureRow;
import java.time.Clock;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** How long it takes from Kafka's taking an event in until its row can be read, in ms, of the last 10,000 rows. */
public final class Freshness {

    private static final int ROWS = 10_000;

    private final Clock clock;
    private final Histogram histogram;

    /** The histogram {@code freshness} of a view. */
    public Freshness(MetricGroup taskGroup, String view) {
        this.clock = Clock.systemUTC();
        this.histogram = taskGroup
                .addGroup("freshet")
                .addGroup("view", view)
                .histogram("freshness", new DescriptiveStatisticsHistogram(ROWS));
    }

    /** A row whose event Kafka took in at that moment can be read now; rows without an event do not count. */
    public void acknowledged(long ingestedAtMillis) {
        if (ingestedAtMillis != FeatureRow.NO_EVENT) {
            histogram.update(Math.max(0, clock.millis() - ingestedAtMillis));
        }
    }
}
