/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.operator.AvailableAt;
import io.freshet.source.EventRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class FeatureJobTest {

    private static final Path ROOT = Path.of("..", "..");

    private static List<ViewText> views() throws Exception {
        Schemas schemas = new Schemas(
                Map.of("WikipediaEdit", Files.readString(ROOT.resolve("schemas/src/main/avro/WikipediaEdit.avsc"))));
        List<ViewText> views = new ArrayList<>();
        for (String name : List.of("user_activity", "channel_activity", "page_activity")) {
            Path file = ROOT.resolve("deploy/demo/views/" + name + ".yaml");
            String coalesce = name.equals("channel_activity") ? "\ncoalesce: 50ms\n" : "";
            views.add(ViewText.of(file.toString(), Files.readString(file) + coalesce, schemas));
        }
        return views;
    }

    private static ViewText shopping() throws Exception {
        String schema = """
                {"type": "record", "name": "%s", "fields": [{"name": "customer", "type": "string"},
                  {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}""";
        String yaml = """
                view: shopping
                source:
                  - {topic: shop.purchases, schema: Purchase, event_time: time}
                  - {topic: shop.refunds, schema: Refund, event_time: time}
                entity: [customer]
                windows: [1m]
                features:
                  movements: {count: "*"}
                  refunds: {count: "*", from: shop.refunds}
                """;
        Map<String, String> schemas =
                Map.of("Purchase", schema.formatted("Purchase"), "Refund", schema.formatted("Refund"));
        return ViewText.of("shopping.yaml", yaml, new Schemas(schemas));
    }

    private static StreamGraph graph(List<ViewText> views) throws Exception {
        return graph(views, EventRange.End.NEVER);
    }

    private static StreamGraph graph(List<ViewText> views, EventRange.End end) throws Exception {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        FreshetConfig config = FreshetConfig.of("freshet.yaml", "", Map.of(), Map.of());
        EventRange range = new EventRange(new EventRange.Earliest(), end);
        FeatureJob.assemble(environment, new JobSpec(config, views, range, new AvailableAt.Live(), Map.of()));
        return environment.getStreamGraph();
    }

    private static List<String> uids(StreamGraph graph) {
        return graph.getStreamNodes().stream()
                .flatMap(node -> Optional.ofNullable(node.getTransformationUID()).stream())
                .toList();
    }

    @Test
    void viewsOfOneTopicShareItsSourceAndEveryOperatorHasItsUid() throws Exception {
        StreamGraph graph = graph(views());
        assertThat(uids(graph))
                .contains(
                        "source-wikipedia.edits",
                        "select-user_activity",
                        "windows-user_activity",
                        "windows-page_activity",
                        "coalesce-channel_activity",
                        "dead-letters");
        assertThat(graph.getStreamNodes().stream()
                        .filter(node -> node.getOperatorName().startsWith("Source: ")))
                .hasSize(1);
        assertThat(graph.getStreamNodes().stream()
                        .filter(node -> node.getOperatorName().startsWith("coalesce")))
                .hasSize(1);
        JobGraph jobs = graph.getJobGraph();
        assertThat(jobs.getNumberOfVertices()).isGreaterThan(3);
    }

    @Test
    void theTopicsOfOneViewMeetBeforeItsWindows() throws Exception {
        StreamGraph graph = graph(List.of(shopping()));
        assertThat(uids(graph))
                .contains("source-shop.purchases", "source-shop.refunds", "windows-shopping")
                .contains("select-shopping-shop.purchases", "select-shopping-shop.refunds")
                .doesNotHaveDuplicates();
        StreamNode windows = graph.getStreamNodes().stream()
                .filter(node -> "windows-shopping".equals(node.getTransformationUID()))
                .findFirst()
                .orElseThrow();
        assertThat(windows.getInEdges())
                .extracting(edge -> graph.getSourceVertex(edge).getTransformationUID())
                .containsExactlyInAnyOrder("select-shopping-shop.purchases", "select-shopping-shop.refunds");
    }

    @Test
    void eventsOfSeveralTopicsCoalesceTogetherWhereTheyAreAppliedAsTheyArrive() throws Exception {
        ViewText shopping = shopping();
        ViewText coalescing =
                ViewText.of("shopping.yaml", shopping.yaml() + "coalesce: 50ms\n", new Schemas(shopping.schemas()));

        assertThat(uids(graph(List.of(coalescing)))).containsOnlyOnce("coalesce-shopping");
        // A job that ends applies the events of several topics in order: there is nothing to wait for.
        assertThat(uids(graph(List.of(coalescing), EventRange.End.AT_LATEST)))
                .contains("windows-shopping")
                .doesNotContain("coalesce-shopping");
    }

    @Test
    void aSecondViewOverOneOfTheTopicsSharesItsSource() throws Exception {
        ViewText shopping = shopping();
        String yaml = """
                view: refunds
                source: {topic: shop.refunds, schema: Refund, event_time: time}
                entity: [customer]
                windows: [1m]
                features:
                  refunds: {count: "*"}
                """;
        ViewText refunds = ViewText.of("refunds.yaml", yaml, new Schemas(shopping.schemas()));
        List<String> uids = uids(graph(List.of(refunds, shopping)));
        assertThat(uids).contains("select-refunds", "select-shopping-shop.refunds");
        assertThat(uids.stream().filter(uid -> uid.startsWith("source-")))
                .containsExactlyInAnyOrder("source-shop.refunds", "source-shop.purchases");
    }

    @Test
    void aViewIsCompleteSinceTheLastOfItsTopicsIs() throws Exception {
        EventRange range = new EventRange(new EventRange.Earliest(), EventRange.End.NEVER);
        FreshetConfig config = FreshetConfig.of("freshet.yaml", "", Map.of(), Map.of());
        ViewText view = shopping();
        assertThat(new JobSpec(
                                config,
                                List.of(view),
                                range,
                                new AvailableAt.Live(),
                                Map.of("shop.purchases", Long.MIN_VALUE, "shop.refunds", 7L))
                        .completeSinceMillis(view.plan().view()))
                .isEqualTo(7);
        assertThat(new JobSpec(
                                config,
                                List.of(view),
                                range,
                                new AvailableAt.Live(),
                                Map.of("shop.purchases", Long.MIN_VALUE))
                        .completeSinceMillis(view.plan().view()))
                .isEqualTo(Long.MAX_VALUE);
    }
}
