/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.local.LocalStackException;
import io.freshet.local.cluster.Layout;
import io.freshet.local.cluster.LocalCluster;
import io.freshet.local.cluster.Part;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet cluster status}: which processes of a cluster run, and whether they answer. */
@Command(
        name = "status",
        description = "Show the processes of a cluster.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all run and answer", "1:some do not"},
        footer = {"", "Example:", "  freshet cluster status"})
final class ClusterStatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Option(names = "--json", description = "One JSON array of parts.")
    private boolean json;

    @Override
    public Integer call() throws LocalStackException, JsonProcessingException {
        LocalCluster cluster = options.open();
        List<Map<String, Object>> parts = new ArrayList<>();
        boolean allWell = true;
        for (Part part : cluster.layout().parts()) {
            Optional<ProcessHandle> process = cluster.process(part);
            boolean answers = process.isPresent() && cluster.isHealthy(part);
            allWell &= answers;
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("part", part.label());
            fields.put("state", process.isEmpty() ? "stopped" : answers ? "running" : "not answering");
            process.ifPresent(found -> fields.put("pid", found.pid()));
            fields.put("address", address(cluster.layout(), part));
            fields.put("log", cluster.log(part).toString());
            parts.add(fields);
        }
        print(parts);
        return allWell ? Freshet.OK : Freshet.FAILED;
    }

    private void print(List<Map<String, Object>> parts) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(parts));
        } else {
            for (Map<String, Object> part : parts) {
                out.println("%-14s %-13s %8s  %s"
                        .formatted(
                                part.get("part"), part.get("state"), part.getOrDefault("pid", "-"), part.get("address"))
                        .stripTrailing());
            }
        }
        out.flush();
    }

    private static String address(Layout layout, Part part) {
        return switch (part.kind()) {
            case REDIS -> layout.redisUri();
            case KAFKA -> layout.bootstrapServers();
            case JOB_MANAGER -> layout.flinkRest().toString();
            case TASK_MANAGER -> "";
        };
    }
}
