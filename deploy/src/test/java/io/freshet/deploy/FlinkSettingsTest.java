/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;

/** Flink takes a misspelt setting for one of somebody else's, and says nothing: these are its own. */
class FlinkSettingsTest {

    private static final List<Class<?>> OPTIONS = List.of(
            CheckpointingOptions.class,
            HighAvailabilityOptions.class,
            JobManagerOptions.class,
            MetricOptions.class,
            PipelineOptions.class,
            TaskManagerOptions.class);

    /** Of the reporter, and of the operator, whose classes are not here. */
    private static final String OTHERS = "metrics\\.reporter\\.prom\\.(factory\\.class|port|filterLabelValueCharacters)"
            + "|kubernetes\\.operator\\..*|job\\.autoscaler\\..*";

    @Test
    void settingsOfTheFlinkDeploymentsAreFlinks() throws Exception {
        Set<String> used = new TreeSet<>();
        for (Path file : Documents.under("kubernetes", ".yaml")) {
            for (JsonNode document : Documents.yaml(Files.readString(file))) {
                document.at("/spec/flinkConfiguration").fieldNames().forEachRemaining(used::add);
                document.path("patches")
                        .forEach(patch -> Documents.yaml(patch.path("patch").asText())
                                .forEach(inner -> inner.at("/spec/flinkConfiguration")
                                        .fieldNames()
                                        .forEachRemaining(used::add)));
            }
        }
        assertThat(used).hasSizeGreaterThan(20);
        assertKnown(used);
    }

    @Test
    void settingsOfTheSessionClusterAreFlinks() throws Exception {
        JsonNode compose = Documents.one(Path.of("compose/compose.yaml"));
        Set<String> used = new TreeSet<>();
        Documents.yaml(compose.at("/x-flink-properties/FLINK_PROPERTIES").asText())
                .get(0)
                .fieldNames()
                .forEachRemaining(used::add);
        assertThat(used).hasSizeGreaterThan(5);
        assertKnown(used);
    }

    private static void assertKnown(Set<String> used) throws IllegalAccessException {
        Set<String> known = new TreeSet<>();
        for (Class<?> options : OPTIONS) {
            for (Field field : options.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof ConfigOption<?> option) {
                    known.add(option.key());
                }
            }
        }
        assertThat(used)
                .allSatisfy(key -> assertThat(known.contains(key) || key.matches(OTHERS))
                        .as(key)
                        .isTrue());
    }
}
