/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import io.freshet.console.Graph;
import io.freshet.console.Overview;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import io.freshet.rest.JobGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The graph of the job that runs, or of what the views ask for. */
final class GraphReader {

    private static final String LETTERS = "dead letters";

    private final ConsoleViews views;
    private final Sampler sampler;
    private final FlinkRest flink;

    GraphReader(ConsoleViews views, Sampler sampler) {
        this.views = views;
        this.sampler = sampler;
        flink = new FlinkRest(views.config().flink().rest());
    }

    Graph read() {
        Overview.Job job = sampler.overview().job();
        if (job == null) {
            return planned("No job of the namespace is known to run at " + flink.address() + ".");
        }
        try {
            JobGraph graph = flink.graph(job.id());
            return new Graph(
                    true,
                    null,
                    graph.tasks().stream().map(GraphReader::task).toList(),
                    graph.edges().stream()
                            .map(edge -> new Graph.Edge(edge.from(), edge.to(), edge.how()))
                            .toList());
        } catch (FlinkRestException e) {
            return planned(String.valueOf(e.getMessage()));
        }
    }

    private static Graph.Task task(JobGraph.Task task) {
        return new Graph.Task(
                task.id(), task.operators(), task.parallelism(), task.running(), task.recordsIn(), task.recordsOut());
    }

    /** The steps that {@link io.freshet.job.FeatureJob} makes of the views. */
    private Graph planned(String note) {
        Map<String, Graph.Task> tasks = new LinkedHashMap<>();
        List<Graph.Edge> edges = new ArrayList<>();
        List<ViewPlan> live = views.plans().stream()
                .filter(plan -> !plan.view().isOverFiles())
                .toList();
        for (ViewPlan plan : live) {
            String view = plan.view().name();
            for (FeatureView.Source source : plan.view().sources()) {
                add(tasks, "events " + source.topic());
                edges.add(new Graph.Edge("events " + source.topic(), "select " + view, null));
            }
            add(tasks, "select " + view);
            add(tasks, "windows " + view);
            add(tasks, "redis " + view);
            add(tasks, "history " + view);
            edges.add(new Graph.Edge("select " + view, "windows " + view, null));
            edges.add(new Graph.Edge("windows " + view, "redis " + view, null));
            edges.add(new Graph.Edge("windows " + view, "history " + view, null));
            edges.add(new Graph.Edge("windows " + view, LETTERS, null));
        }
        if (!live.isEmpty()) {
            add(tasks, LETTERS);
        }
        return new Graph(false, note, List.copyOf(tasks.values()), edges);
    }

    private static void add(Map<String, Graph.Task> tasks, String name) {
        tasks.put(name, new Graph.Task(name, List.of(name), null, null, null, null));
    }
}
