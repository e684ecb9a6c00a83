/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.client.FeatureReader;
import io.freshet.client.ReaderOptions;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.Layout;
import io.freshet.definition.ViewPlan;
import io.freshet.server.FeatureRoutes;
import io.freshet.server.FeatureServer;
import io.freshet.server.ServedViews;
import io.freshet.server.ServerMetrics;
import io.freshet.server.ServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A feature server in a process of its own, until its standard input ends. */
final class ServingServer {

    static final String NAMESPACE = "bench";
    static final int FEATURES = 20;
    private static final int VIEWS = 3;
    private static final int PENDING = 10_000;

    private ServingServer() {}

    /** Three views of 20 features each. */
    static List<ViewPlan> views(Layout layout) throws DefinitionException {
        List<ViewPlan> views = new ArrayList<>();
        for (int i = 1; i <= VIEWS; i++) {
            views.add(LayoutData.view("spending_" + i, FEATURES, layout));
        }
        return views;
    }

    /**
     * Serves.
     *
     * @param args address of Redis; layout of the views
     */
    public static void main(String[] args) throws Exception {
        ServedViews views = ServedViews.of(views(Layout.valueOf(args[1])), Map.of());
        ServerMetrics metrics = new ServerMetrics();
        try (FeatureReader reader = FeatureReader.connect(ReaderOptions.redis(args[0])
                        .namespace(NAMESPACE)
                        .timeout(Duration.ofSeconds(5))
                        .build());
                FeatureServer server = FeatureServer.start(
                        ServerOptions.loopback(0).withPending(PENDING),
                        FeatureRoutes.of(views, reader, metrics, 1_000, PENDING),
                        metrics)) {
            System.out.println(server.port());
            while (System.in.read() >= 0) {
                // Nothing is said to it but the end.
            }
        }
    }
}
