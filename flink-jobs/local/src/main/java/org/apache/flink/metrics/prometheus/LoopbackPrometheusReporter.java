/* SPDX-License-Identifier: Apache-2.0 */
package org.apache.flink.metrics.prometheus;

import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Flink's metrics for Prometheus, named and labelled as Flink's own reporter does, on one address. Flink's own listens on
 * all addresses of the machine and cannot be told not to; what it collects is open to its package alone, hence this one.
 */
public final class LoopbackPrometheusReporter extends AbstractPrometheusReporter {

    private final HTTPServer server;

    /**
     * Listens from now on.
     *
     * @throws IOException if it cannot listen there
     */
    public LoopbackPrometheusReporter(InetSocketAddress address) throws IOException {
        boolean isDaemon = true;
        server = new HTTPServer(address, registry, isDaemon);
    }

    @Override
    public void close() {
        server.stop();
        super.close();
    }
}
