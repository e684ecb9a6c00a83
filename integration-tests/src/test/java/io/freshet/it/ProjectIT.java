/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.Freshet;
import io.freshet.local.LocalStack;
import io.lettuce.core.RedisClient;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an empty folder to features, as the README of {@code freshet init} says, by {@code ./freshet}. */
class ProjectIT {

    private static final String VIEW = "customer_spending";
    private static final List<String> CUSTOMERS = List.of("Ann", "Bob", "Cleo");
    private static final BigDecimal NOTHING = new BigDecimal("-1");
    private static final Path SCRIPT = Path.of("../deploy/python/read_features.py");

    @TempDir
    private Path home;

    @TempDir
    private Path folder;

    @Test
    void aNewProjectIsTestedRunAndReadByEachClient() throws Exception {
        try (LauncherHome freshet = LauncherHome.in(home)) {
            freshet.output(folder, Map.of(), "init");
            freshet.output(folder, Map.of(), "validate");
            assertThat(freshet.output(folder, Map.of(), "test")).contains("2 tests: 2 passed, 0 failed");
            try (Command again = freshet.start(folder, Map.of(), "init")) {
                assertThat(again.exitCode()).isEqualTo(Freshet.WRONG_INPUT);
            }
            try (LocalStack stack = LocalStack.start(LocalStack.Options.freePorts())) {
                runAndRead(freshet, stack);
            }
        }
    }

    private void runAndRead(LauncherHome freshet, LocalStack stack) throws Exception {
        Map<String, String> addresses =
                Map.of("FRESHET_KAFKA_BOOTSTRAP", stack.bootstrapServers(), "FRESHET_REDIS_URI", stack.redisUri());
        String events = "events/purchases.jsonl";
        freshet.output(
                folder,
                addresses,
                "produce",
                "--topic",
                "shop.purchases",
                "--schema",
                "schemas/Purchase.avsc",
                "--key",
                "customer",
                events);
        assertThat(freshet.output(folder, addresses, "run", "--until-end", "--replay-delay", "1s", "--json"))
                .containsPattern("\\{\"job\":\"[0-9a-f]{32}\",\"flink\":\"http");

        List<String> words = new ArrayList<>(List.of("get", VIEW, "--json", "--as-of", "stored"));
        words.addAll(CUSTOMERS);
        List<JsonNode> rows = json(freshet.output(folder, addresses, words.toArray(String[]::new)));
        JsonNode ann = rows.get(0).get("values");
        assertThat(ann.get("purchases_1d").asLong()).isEqualTo(6);
        assertThat(ann.get("spent_1d").decimalValue()).isEqualByComparingTo("49.99");

        JsonNode explained = json(freshet.output(folder, Map.of(), "explain", VIEW, "--json", "--events", events))
                .get(0);
        assertThat(explained.get("measured").get("redis_hash_bytes").asDouble())
                .isCloseTo(averageInRedis(stack), Percentage.withPercentage(10));
        Files.writeString(folder.resolve("view.json"), explained.toString());
        readFromPython(addresses, rows);
    }

    private static double averageInRedis(LocalStack stack) {
        try (RedisClient client = RedisClient.create(stack.redisUri())) {
            return CUSTOMERS.stream()
                    .mapToLong(customer -> client.connect().sync().memoryUsage("shop:" + VIEW + ":" + customer))
                    .average()
                    .orElseThrow();
        }
    }

    private void readFromPython(Map<String, String> addresses, List<JsonNode> rows) throws Exception {
        Optional<String> python = pythonWithRedis();
        assumeThat(python)
                .as("a Python 3 with redis-py: apt-get install python3-redis; without it deploy/python is not tested")
                .isPresent();
        List<String> words = new ArrayList<>(
                List.of(python.orElseThrow(), SCRIPT.toRealPath().toString(), "view.json"));
        words.addAll(CUSTOMERS);
        words.add("Nobody");
        try (Command read = Command.start(folder, addresses, words)) {
            assertThat(read.exitCode()).as(read.output()).isZero();
            List<JsonNode> found = json(read.output());
            for (int i = 0; i < CUSTOMERS.size(); i++) {
                JsonNode values = found.get(i).get("row").get("values");
                JsonNode expected = rows.get(i).get("values");
                assertThat(values.size()).isEqualTo(expected.size()).isGreaterThan(5);
                expected.fields()
                        .forEachRemaining(field -> assertThat(number(values.get(field.getKey())))
                                .as(field.getKey())
                                .isEqualByComparingTo(number(field.getValue())));
            }
            assertThat(found.get(CUSTOMERS.size()).get("row").isNull()).isTrue();
        }
    }

    /** A number, or the text of one: Python tells decimals as texts. */
    private static BigDecimal number(JsonNode value) {
        return value.isNull() ? NOTHING : new BigDecimal(value.asText());
    }

    private Optional<String> pythonWithRedis() throws Exception {
        for (String python : List.of("/usr/bin/python3", "python3")) {
            if (Files.exists(Path.of(python)) || !python.startsWith("/")) {
                try (Command probe = Command.start(folder, Map.of(), List.of(python, "-c", "import redis"))) {
                    if (probe.exitCode() == 0) {
                        return Optional.of(python);
                    }
                } catch (java.io.IOException e) {
                    continue; // there is no such program
                }
            }
        }
        return Optional.empty();
    }

    /** The lines of an output that are JSON objects. */
    private static List<JsonNode> json(String output) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> objects = new ArrayList<>();
        for (String line : output.lines().filter(each -> each.startsWith("{")).toList()) {
            objects.add(mapper.readTree(line));
        }
        return objects;
    }
}
