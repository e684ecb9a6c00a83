/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.client.EntityRow;
import io.freshet.client.FeatureReader;
import io.freshet.client.FeatureRequest;
import io.freshet.client.FeatureService;
import io.freshet.client.FeatureVector;
import io.freshet.client.ReaderOptions;
import io.freshet.client.ViewVector;
import io.freshet.definition.ViewPlan;
import io.freshet.server.FeatureRoutes;
import io.freshet.server.FeatureServer;
import io.freshet.server.ServedViews;
import io.freshet.server.ServerMetrics;
import io.freshet.server.ServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the feature server answers, beside what a reader reads at the same moment. */
final class ServedOverHttp {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ServedOverHttp() {}

    /** Asks both for all features of views for some rows, which nothing may write meanwhile, and compares them. */
    static void assertSameAsRead(ReaderOptions.Builder options, List<ViewPlan> views, List<EntityRow> rows)
            throws Exception {
        Instant now = Instant.now();
        ReaderOptions atOnce = options.clock(Clock.fixed(now, ZoneOffset.UTC)).build();
        FeatureService.Builder service = FeatureService.builder();
        views.forEach(service::view);
        try (FeatureReader reader = FeatureReader.connect(atOnce);
                FeatureServer server = FeatureServer.start(
                        ServerOptions.loopback(0),
                        FeatureRoutes.of(
                                ServedViews.of(views, Map.of()), reader, new ServerMetrics(), rows.size(), 10))) {
            List<FeatureVector> read = reader.read(FeatureRequest.of(service.build(), rows));
            JsonNode answer = JSON.readTree(post(server, JSON.writeValueAsString(request(views, rows))));
            List<String> names = new ArrayList<>();
            answer.at("/metadata/feature_names").forEach(name -> names.add(name.asText()));
            for (int row = 0; row < read.size(); row++) {
                for (ViewVector view : read.get(row).views()) {
                    assertSame(view, answer, names, row);
                }
            }
        }
    }

    private static void assertSame(ViewVector view, JsonNode answer, List<String> names, int row) {
        JsonNode told = answer.at("/freshet/views/" + view.view() + "/" + row);
        assertThat(told.path("status").asText()).isEqualTo(view.status().name());
        assertThat(told.path("entity").asText()).isEqualTo(view.entity());
        view.values().forEach((feature, value) -> {
            JsonNode column = answer.path("results").path(names.indexOf(view.view() + "__" + feature));
            assertThat(column.path("values").path(row).toString())
                    .as("%s of %s", feature, view)
                    .isEqualTo(JSON.valueToTree(value).toString());
            assertThat(column.path("event_timestamps").path(row).asText())
                    .isEqualTo(view.asOf().orElse(Instant.EPOCH).toString());
        });
    }

    private static Map<String, Object> request(List<ViewPlan> views, List<EntityRow> rows) {
        Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
        for (EntityRow row : rows) {
            row.entity()
                    .forEach((name, value) -> columns.computeIfAbsent(name, first -> new ArrayList<>())
                            .add(value));
            row.request()
                    .forEach((name, value) -> columns.computeIfAbsent(name, first -> new ArrayList<>())
                            .add(value));
        }
        return Map.of(
                "features",
                views.stream().map(view -> view.view().name()).toList(),
                "full_feature_names",
                true,
                "entities",
                columns);
    }

    private static String post(FeatureServer server, String body) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.address() + "/get-online-features"))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
