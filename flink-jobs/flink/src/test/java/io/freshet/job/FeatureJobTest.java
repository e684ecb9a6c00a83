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
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
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

    @Test
    void viewsOfOneTopicShareItsSourceAndEveryOperatorHasItsUid() throws Exception {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        FreshetConfig config = FreshetConfig.of("freshet.yaml", "", Map.of(), Map.of());
        EventRange range = new EventRange(new EventRange.Earliest(), EventRange.End.NEVER);
        FeatureJob.assemble(environment, new JobSpec(config, views(), range, new AvailableAt.Live(), Map.of()));
        StreamGraph graph = environment.getStreamGraph();
        assertThat(graph.getStreamNodes().stream().filter(node -> node.getTransformationUID() != null))
                .extracting(node -> node.getTransformationUID())
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
}
