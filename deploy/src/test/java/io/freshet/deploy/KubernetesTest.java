/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SpecificationVersion;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kubectl apply -k kubernetes/overlays/...} would send. Skipped where there is no kubectl to render it. */
class KubernetesTest {

    private static final String FLINK = "FlinkDeployment";
    private static final String SCHEMA = "flink-deployment.schema.json";

    private static List<JsonNode> rendered(String overlay) throws Exception {
        return Documents.yaml(Tool.output(
                "kubectl",
                "the overlays are not rendered, their files are checked alone",
                List.of("kustomize", "kubernetes/overlays/" + overlay)));
    }

    private static List<JsonNode> ofKind(List<JsonNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    private static JsonNode flink(List<JsonNode> objects) {
        List<JsonNode> found = ofKind(objects, FLINK);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "production"})
    void everyObjectIsAsKubernetesAndTheOperatorDefineIt(String overlay) throws Exception {
        List<JsonNode> objects = rendered(overlay);
        for (JsonNode object : objects) {
            if (!object.path("kind").asText().equals(FLINK)) {
                KubernetesObjects.read(object);
            }
            assertThat(object.at("/metadata/namespace").asText()
                            + object.path("kind").asText())
                    .as(name(object))
                    .matches("freshet.*|Namespace");
        }
        JsonNode flink = flink(objects);
        assertThat(Documents.faults(flink, SCHEMA, SpecificationVersion.DRAFT_2020_12))
                .isEmpty();
        for (JsonNode template : flink.findValues("podTemplate")) {
            KubernetesObjects.read(template, PodTemplateSpec.class);
        }
        ((ObjectNode) flink.at("/spec/jobManager")).putObject("resources");
        assertThat(Documents.faults(flink, SCHEMA, SpecificationVersion.DRAFT_2020_12))
                .as("what a misspelt field gives")
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "production"})
    void theViewsAndTheSettingsAreTheFilesThemselves(String overlay) throws Exception {
        List<JsonNode> maps = ofKind(rendered(overlay), "ConfigMap");
        JsonNode views = named(maps, "freshet-views-");
        List<Path> files = Documents.under("demo/views", ".yaml");
        assertThat(views.path("data").size()).isEqualTo(files.size());
        for (Path file : files) {
            assertThat(views.path("data")
                            .path(String.valueOf(file.getFileName()))
                            .asText())
                    .isEqualTo(Files.readString(file));
        }
        assertThat(named(maps, "freshet-alerts").at("/data/freshet.rules.yaml").asText())
                .isEqualTo(Files.readString(Path.of("monitoring/prometheus/freshet.rules.yaml")));
        assertThat(named(maps, "freshet-dashboard").at("/data/freshet.json").asText())
                .isEqualTo(Files.readString(Path.of("monitoring/grafana/freshet.json")));
    }

    private static JsonNode named(List<JsonNode> objects, String prefix) {
        return objects.stream()
                .filter(object -> name(object).startsWith(prefix))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no object " + prefix));
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "production"})
    void whatPodsReferToIsThere(String overlay) throws Exception {
        List<JsonNode> objects = rendered(overlay);
        Set<String> there = new HashSet<>();
        objects.forEach(object -> there.add(object.path("kind").asText() + " " + name(object)));
        JsonNode secret = Documents.one(Path.of("kubernetes/secret.example.yaml"));
        for (JsonNode pod : podSpecs(objects)) {
            Set<String> volumes = new HashSet<>(pod.path("volumes").findValuesAsText("name"));
            pod.path("volumes").forEach(volume -> {
                volume.findValues("configMap")
                        .forEach(map -> assertThat(there)
                                .contains("ConfigMap " + map.path("name").asText()));
                volume.findValuesAsText("claimName")
                        .forEach(claim -> assertThat(there).contains("PersistentVolumeClaim " + claim));
            });
            pod.path("containers").forEach(container -> {
                container.path("volumeMounts").forEach(mount -> {
                    String volume = mount.path("name").asText();
                    boolean isClaimed = volume.equals("data");
                    assertThat(isClaimed || volumes.contains(volume)).as(volume).isTrue();
                });
                container.findValues("secretKeyRef").forEach(key -> {
                    assertThat(key.path("name").asText()).isEqualTo(name(secret));
                    assertThat(secret.path("stringData").has(key.path("key").asText()))
                            .as(key.toString())
                            .isTrue();
                });
            });
        }
        assertThat(there)
                .contains("ServiceAccount "
                        + flink(objects).at("/spec/serviceAccount").asText());
    }

    private static List<JsonNode> podSpecs(List<JsonNode> objects) {
        List<JsonNode> pods = new ArrayList<>();
        for (String kind : List.of("Deployment", "StatefulSet")) {
            ofKind(objects, kind).forEach(object -> pods.add(object.at("/spec/template/spec")));
        }
        pods.add(flink(objects).at("/spec/podTemplate/spec"));
        return pods;
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "production"})
    void podsMayNoMoreThanTheyNeed(String overlay) throws Exception {
        List<JsonNode> objects = rendered(overlay);
        for (JsonNode pod : podSpecs(objects)) {
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            for (JsonNode container : pod.path("containers")) {
                String name = container.path("name").asText();
                JsonNode security = container.path("securityContext");
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .as(name)
                        .isFalse();
                assertThat(Documents.texts(security.at("/capabilities/drop")))
                        .as(name)
                        .containsExactly("ALL");
                if (!name.equals("kafka")) {
                    assertThat(security.path("readOnlyRootFilesystem").asBoolean())
                            .as(name)
                            .isTrue();
                }
                if (!name.equals("flink-main-container")) {
                    assertThat(container.at("/resources/limits/memory").asText())
                            .as(name)
                            .isNotEmpty();
                    assertThat(container.has("readinessProbe") && container.has("livenessProbe"))
                            .as(name)
                            .isTrue();
                    assertThat(container.path("image").asText())
                            .matches("([a-z]+[.])*[a-z/-]+:[0-9]+\\.[0-9]+\\.[0-9]+.*");
                }
            }
        }
        JsonNode spec = flink(objects).path("spec");
        assertThat(spec.path("image").asText()).matches("([a-z.]+/)?freshet-job:[0-9]+\\.[0-9]+\\.[0-9]+");
        for (String part : List.of("jobManager", "taskManager")) {
            JsonNode container = spec.path(part).at("/podTemplate/spec/containers/0");
            assertThat(container.path("name").asText()).isEqualTo("flink-main-container");
            assertThat(container.has("readinessProbe") && container.has("livenessProbe"))
                    .as(part)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "production"})
    void theJobGetsAsManyTasksAsItsSettingsSay(String overlay) throws Exception {
        JsonNode spec = flink(rendered(overlay)).path("spec");
        JsonNode settings = Documents.one(Path.of("kubernetes/base/freshet.yaml"));
        assertThat(spec.at("/job/parallelism").asInt())
                .isEqualTo(settings.at("/flink/parallelism").asInt());
        assertThat(Documents.texts(spec.at("/job/args"))).containsExactly("--config", "/opt/freshet/freshet.yaml");
        for (String key : List.of(
                "execution.checkpointing.dir",
                "execution.checkpointing.savepoint-dir",
                "high-availability.storageDir")) {
            assertThat(spec.path("flinkConfiguration").has(key)).as(key).isTrue();
        }
    }
}
