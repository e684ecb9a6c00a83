/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import io.freshet.client.FeatureReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** What a feature server answers; {@code openapi.json} beside this class tells of each. */
public final class FeatureRoutes {

    private static final String OPENAPI = "openapi.json";

    private FeatureRoutes() {}

    /**
     * The routes.
     *
     * @param reader reads what they give; stays open as long as they are served
     * @param metrics those of the server that serves them
     * @param maxRows most entities of one call
     * @param pendingLimit as {@link ServerOptions#pending}, for the metrics
     */
    public static List<Route> of(
            ServedViews views, FeatureReader reader, ServerMetrics metrics, int maxRows, int pendingLimit) {
        OnlineFeatures online = new OnlineFeatures(views, reader, metrics, maxRows);
        EntityFeatures entity = new EntityFeatures(views, reader, metrics);
        Health health = new Health(reader, views, System::nanoTime);
        PrometheusText prometheus = new PrometheusText(metrics, pendingLimit);
        Reply openapi = openapi();
        return List.of(
                Route.later("POST", "/get-online-features", online::answer).bounded(),
                Route.later("GET", "/features/{view}/{entity}", entity::byKey).bounded(),
                Route.later("GET", "/features/{view}", entity::byFields).bounded(),
                Route.later("GET", "/health", health::answer).open(),
                Route.get("/metrics", prometheus::answer),
                Route.get("/openapi.json", call -> openapi).open());
    }

    private static Reply openapi() {
        try (InputStream file = FeatureRoutes.class.getResourceAsStream(OPENAPI)) {
            if (file == null) {
                throw new IllegalStateException("Cannot find " + OPENAPI + " on the class path");
            }
            return Reply.writtenJson(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + OPENAPI + " of the class path", e);
        }
    }
}
