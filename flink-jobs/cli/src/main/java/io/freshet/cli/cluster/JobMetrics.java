/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import io.freshet.rest.JobDetail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a running job counts of its views, over all subtasks: the metrics {@code freshet.view.<view>.<name>}, which Flink
 * calls {@code <operator>.freshet.view.<view>.<name>}.
 */
public final class JobMetrics {

    private static final Pattern OURS =
            Pattern.compile("(.+)\\.freshet\\.view\\.(.+)\\.(rows_out|late|freshness_median|freshness_p99)");

    private final Map<String, Double> values = new HashMap<>();

    private JobMetrics() {}

    /** Reads those of a job. */
    public static JobMetrics of(FlinkRest flink, String job, JobDetail detail) throws FlinkRestException {
        JobMetrics metrics = new JobMetrics();
        for (JobDetail.Vertex vertex : detail.vertices()) {
            List<String> sums = new ArrayList<>();
            List<String> greatest = new ArrayList<>();
            for (String name : flink.metricNames(job, vertex.id())) {
                Matcher ours = OURS.matcher(name);
                if (ours.matches()) {
                    (ours.group(3).startsWith("freshness") ? greatest : sums).add(name);
                    if (ours.group(3).equals("rows_out")) {
                        sums.add(ours.group(1) + ".numRecordsOutPerSecond");
                    }
                }
            }
            metrics.add(flink.metrics(job, vertex.id(), sums, "sum"), sums);
            metrics.add(flink.metrics(job, vertex.id(), greatest, "max"), List.of());
        }
        return metrics;
    }

    private void add(Map<String, Double> found, List<String> names) {
        for (Map.Entry<String, Double> each : found.entrySet()) {
            Matcher ours = OURS.matcher(each.getKey());
            if (ours.matches()) {
                values.merge(ours.group(2) + "." + ours.group(3), each.getValue(), Math::max);
            }
        }
        for (String name : names) {
            Matcher ours = OURS.matcher(name);
            Double rate = ours.matches() ? found.get(ours.group(1) + ".numRecordsOutPerSecond") : null;
            if (rate != null && ours.group(3).equals("rows_out")) {
                values.put(ours.group(2) + ".rows_per_second", rate);
            }
        }
    }

    /** A value of a view: of counters the sum, of quantiles the greatest; empty where no task has told one. */
    public OptionalDouble of(String view, String name) {
        Double value = values.get(view + "." + name);
        return Stream.ofNullable(value)
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }

    /** A count of a view; 0 where no task has told one. */
    public long count(String view, String name) {
        return Math.round(of(view, name).orElse(0));
    }
}
