/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files of {@code kubernetes}, {@code demo} and {@code monitoring} as kustomize reads them. */
class KustomizeTest {

    private static List<Path> kustomizations() throws Exception {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("kubernetes", "demo", "monitoring")) {
            files.addAll(Documents.under(folder, "kustomization.yaml"));
        }
        return files;
    }

    @Test
    void everythingThatAKustomizationNamesIsThere() throws Exception {
        assertThat(kustomizations()).hasSize(5);
        for (Path file : kustomizations()) {
            JsonNode kustomization = Documents.one(file);
            List<String> named = new ArrayList<>(Documents.texts(kustomization.path("resources")));
            named.addAll(Documents.texts(kustomization.path("configurations")));
            kustomization.path("patches").forEach(patch -> named.addAll(Documents.texts(patch.path("path"))));
            kustomization
                    .path("configMapGenerator")
                    .forEach(generator -> named.addAll(Documents.texts(generator.path("files"))));
            assertThat(named).as(file.toString()).isNotEmpty();
            for (String name : named) {
                Path target = file.resolveSibling(name).normalize();
                assertThat(target).as("%s names %s", file, name).exists();
                if (Files.isDirectory(target)) {
                    assertThat(target.resolve("kustomization.yaml")).exists();
                }
            }
        }
    }

    @Test
    void everyFileOfAFolderIsNamedInItsKustomization() throws Exception {
        for (Path file : kustomizations()) {
            String text = Files.readString(file);
            for (Path other : Documents.under(String.valueOf(file.getParent()), ".yaml")) {
                String name = String.valueOf(file.resolveSibling("").relativize(other));
                boolean isOwn = !name.contains("kustomization.yaml")
                        && !(name.contains("/") && !name.startsWith("views/"))
                        && !name.equals("freshet.yaml");
                if (isOwn) {
                    assertThat(text).as("%s beside %s", other, file).contains(name);
                }
            }
        }
    }

    @Test
    void theViewsOfTheConfigMapAreTheDemos() throws Exception {
        List<String> views = Documents.under("demo/views", ".yaml").stream()
                .map(file -> String.valueOf(file.getFileName()))
                .toList();
        JsonNode generator = Documents.one(Path.of("demo/kustomization.yaml")).at("/configMapGenerator/0/files");
        assertThat(Documents.texts(generator))
                .containsExactlyElementsOf(
                        views.stream().map(view -> "views/" + view).toList());
        JsonNode flink = Documents.yaml(Files.readString(Path.of("kubernetes/base/flink.yaml")))
                .get(0);
        JsonNode mounted = flink.at("/spec/podTemplate/spec/volumes/0/projected/sources/1/configMap");
        assertThat(mounted.path("name").asText()).isEqualTo("freshet-views");
        assertThat(mounted.path("items").findValuesAsText("key")).containsExactlyElementsOf(views);
        assertThat(mounted.path("items").findValuesAsText("path"))
                .containsExactlyElementsOf(
                        views.stream().map(view -> "views/" + view).toList());
    }

    @Test
    void plainObjectsHaveNoUnknownField() throws Exception {
        int objects = 0;
        for (Path file : Documents.under("kubernetes", ".yaml")) {
            for (JsonNode document : Documents.yaml(Files.readString(file))) {
                String kind = document.path("kind").asText();
                boolean isPlain = !kind.isEmpty() && !kind.equals("Kustomization") && !kind.equals("FlinkDeployment");
                if (isPlain && document.has("metadata")) {
                    KubernetesObjects.read(document);
                    objects++;
                }
            }
        }
        assertThat(objects).isGreaterThan(15);
    }

    @Test
    void anUnknownFieldWouldBeSeen() {
        JsonNode service = Documents.yaml("""
                        apiVersion: v1
                        kind: Service
                        metadata: {name: x}
                        spec: {ports: [{port: 1, targetprt: 2}]}
                        """).get(0);
        assertThatThrownBy(() -> KubernetesObjects.read(service)).hasMessageContaining("targetprt");
    }
}
