/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.prometheus.LoopbackPrometheusReporter;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Metrics of a Flink in this JVM for Prometheus, on the loopback address. Flink finds this class by its name. */
public final class LocalMetrics implements MetricReporterFactory {

    private static final String NAME = "prom";
    private static final String SETTINGS = "metrics.reporter." + NAME + ".";
    private static final String PORT = "port";

    /** Has a Flink of these settings tell its metrics on that port. */
    static void report(Configuration settings, int port) {
        settings.set(MetricOptions.REPORTERS_LIST, NAME);
        settings.setString(SETTINGS + "factory.class", LocalMetrics.class.getName());
        settings.setString(SETTINGS + PORT, Integer.toString(port));
        // Names of views and jobs as they are.
        settings.setString(SETTINGS + "filterLabelValueCharacters", "false");
    }

    /** Where metrics of that port are read. */
    static URI address(int port) {
        return URI.create("http://" + Ports.LOOPBACK + ":" + port + "/metrics");
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        int port = Integer.parseInt(properties.getProperty(PORT));
        try {
            return new LoopbackPrometheusReporter(new InetSocketAddress(Ports.LOOPBACK, port));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot tell metrics on port " + port + ": " + e.getMessage(), e);
        }
    }
}
