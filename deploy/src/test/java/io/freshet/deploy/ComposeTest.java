/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code compose/compose.yaml}: right by the Compose Specification, hardened, and whole. */
class ComposeTest {

    private static final Path FILE = Path.of("compose/compose.yaml");
    private static final Set<String> END_BY_THEMSELVES = Set.of("topics", "permissions", "job");
    private static final Set<String> IMAGE_RUNS_AS_USER = Set.of("registry");

    private static JsonNode compose;
    private static Map<String, JsonNode> services;

    @BeforeAll
    static void read() throws Exception {
        compose = Documents.one(FILE);
        services = compose.get("services").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void itIsAsTheComposeSpecificationSays() throws Exception {
        assertThat(Documents.faults(compose, "compose-spec.schema.json", SpecificationVersion.DRAFT_7))
                .isEmpty();
        ((ObjectNode) compose.at("/services/redis")).put("imagee", "x");
        assertThat(Documents.faults(compose, "compose-spec.schema.json", SpecificationVersion.DRAFT_7))
                .as("what a misspelt key gives")
                .isNotEmpty();
        read();
    }

    @Test
    void everythingThatTheIssueNamesIsThere() {
        assertThat(services.keySet())
                .contains("kafka", "redis", "jobmanager", "taskmanager", "job", "registry", "prometheus", "grafana");
    }

    @Test
    void imagesArePinned() {
        services.forEach((name, service) -> assertThat(service.path("image").asText())
                .as(name)
                .matches("[a-z0-9./-]+:v?[0-9]+\\.[0-9]+\\.[0-9]+[a-z0-9._-]*"));
    }

    @Test
    void noServiceMayMoreThanItNeeds() {
        services.forEach((name, service) -> {
            assertThat(Documents.texts(service.path("cap_drop"))).as(name).containsExactly("ALL");
            assertThat(Documents.texts(service.path("security_opt"))).as(name).contains("no-new-privileges:true");
            assertThat(service.at("/deploy/resources/limits/cpus").isMissingNode())
                    .as(name)
                    .isFalse();
            assertThat(service.at("/deploy/resources/limits/memory").isMissingNode())
                    .as(name)
                    .isFalse();
            assertThat(service.path("privileged").asBoolean()).as(name).isFalse();
            String user = service.path("user").asText();
            if (name.equals("permissions")) {
                assertThat(Documents.texts(service.path("cap_add"))).containsExactly("CHOWN");
                assertThat(service.path("network_mode").asText()).isEqualTo("none");
            } else if (!IMAGE_RUNS_AS_USER.contains(name)) {
                assertThat(user).as(name).matches("[1-9][0-9]*:[0-9]+");
            }
        });
    }

    @Test
    void whatRunsOnIsWatchedAndReachedFromThisMachineAlone() {
        services.forEach((name, service) -> {
            if (!END_BY_THEMSELVES.contains(name)) {
                assertThat(service.at("/healthcheck/test").size()).as(name).isGreaterThan(1);
            }
            service.path("ports")
                    .forEach(port -> assertThat(port.asText()).as(name).startsWith("127.0.0.1:"));
        });
    }

    @Test
    void filesAndVolumesThatItMountsAreThere() {
        List<String> volumes = new ArrayList<>();
        services.forEach((name, service) -> service.path("volumes").forEach(mount -> {
            String source = mount.asText().replaceFirst("(:/[^:]+)(:ro)?$", "");
            if (source.startsWith(".")) {
                assertThat(FILE.resolveSibling(source)).as(name).exists();
            } else if (!source.startsWith("$")) {
                volumes.add(source);
            }
        }));
        assertThat(compose.get("volumes").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(volumes));
    }

    @Test
    void whatItTakesFromTheEnvironmentIsInBothExamples() throws Exception {
        Set<String> taken = Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)")
                .matcher(Files.readString(FILE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
        for (Path example : List.of(Path.of("compose/.env.example"), Path.of("distribution/compose.env"))) {
            assertThat(Files.readAllLines(example).stream()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.replaceFirst("=.*", "")))
                    .as(example.toString())
                    .containsExactlyInAnyOrderElementsOf(taken);
            assertThat(Files.readString(example)).doesNotContainPattern("PASSWORD=.");
        }
        assertThat(taken).contains("REDIS_PASSWORD", "GRAFANA_PASSWORD");
    }

    @Test
    void noPasswordIsWrittenDown() {
        services.forEach((name, service) -> service.path("environment").properties().stream()
                .filter(variable -> variable.getKey().contains("PASSWORD"))
                .forEach(variable ->
                        assertThat(variable.getValue().asText()).as(name).startsWith("${")));
    }
}
