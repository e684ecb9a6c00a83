/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/**
 * {@code GET /metrics}, in the text format of Prometheus
 * (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
 */
final class PrometheusText {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private final ServerMetrics metrics;
    private final int pendingLimit;

    PrometheusText(ServerMetrics metrics, int pendingLimit) {
        this.metrics = metrics;
        this.pendingLimit = pendingLimit;
    }

    Reply answer(Call call) {
        StringBuilder text = new StringBuilder();
        calls(text);
        times(text);
        head(text, "freshet_serve_refused_total", "counter", "Calls that were refused, by the code of the error.");
        metrics.refused().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> line(
                        text,
                        "freshet_serve_refused_total{code=\"" + each.getKey() + "\"}",
                        each.getValue().sum()));
        head(text, "freshet_serve_rows_total", "counter", "Rows that were read, by view and status.");
        metrics.rows().entrySet().stream()
                .sorted(Comparator.comparing(
                        each -> each.getKey().view() + " " + each.getKey().status()))
                .forEach(each -> line(
                        text,
                        "freshet_serve_rows_total{view=\"" + each.getKey().view() + "\",status=\""
                                + each.getKey().status() + "\"}",
                        each.getValue().sum()));
        gauge(
                text,
                "freshet_serve_pending",
                "Calls for features that are being answered.",
                metrics.pending().get());
        gauge(text, "freshet_serve_pending_limit", "How many may be; others are refused.", pendingLimit);
        process(text);
        return Reply.of(TYPE, text.toString().getBytes(UTF_8));
    }

    private void calls(StringBuilder text) {
        head(text, "freshet_serve_requests_total", "counter", "Calls that were answered, by route and status.");
        metrics.answered().entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().toString()))
                .forEach(each -> line(
                        text,
                        "freshet_serve_requests_total{route=\"" + each.getKey().route() + "\",method=\""
                                + each.getKey().method() + "\",status=\""
                                + each.getKey().status() + "\"}",
                        each.getValue().sum()));
    }

    private void times(StringBuilder text) {
        String name = "freshet_serve_request_seconds";
        head(text, name, "histogram", "Time from the arrival of a call to the end of its answer, by route.");
        metrics.times().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(each -> {
            String route = "route=\"" + each.getKey() + "\"";
            long count = 0;
            for (int i = 0; i < ServerMetrics.BOUNDS_MILLIS.length; i++) {
                count += each.getValue().count(i);
                String bound = String.format(Locale.ROOT, "%s", ServerMetrics.BOUNDS_MILLIS[i] / MILLIS);
                line(text, name + "_bucket{" + route + ",le=\"" + bound + "\"}", count);
            }
            count += each.getValue().count(ServerMetrics.BOUNDS_MILLIS.length);
            line(text, name + "_bucket{" + route + ",le=\"+Inf\"}", count);
            text.append(name)
                    .append("_sum{")
                    .append(route)
                    .append("} ")
                    .append(each.getValue().nanos() / NANOS)
                    .append('\n');
            line(text, name + "_count{" + route + "}", count);
        });
    }

    private static void process(StringBuilder text) {
        head(text, "process_cpu_seconds_total", "counter", "CPU time of the process.");
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        text.append("process_cpu_seconds_total ")
                .append(system.getProcessCpuTime() / NANOS)
                .append('\n');
        gauge(
                text,
                "jvm_memory_heap_used_bytes",
                "Heap in use.",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    private static void gauge(StringBuilder text, String name, String help, long value) {
        head(text, name, "gauge", help);
        line(text, name, value);
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String name, long value) {
        text.append(name).append(' ').append(value).append('\n');
    }
}
