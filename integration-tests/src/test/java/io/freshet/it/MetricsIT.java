/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.config.FreshetConfig;
import io.freshet.job.JobSpec;
import io.freshet.local.EmbeddedFlink;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStack;
import io.freshet.operator.AvailableAt;
import io.freshet.source.EventRange;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The running job as Prometheus sees it, and what dashboard and alert rules ask for. */
class MetricsIT {

    private static final Path MONITORING = Path.of("../deploy/monitoring");
    private static final String OF_A_VIEW = "flink_taskmanager_job_task_operator_freshet_view_";
    private static final String TOPIC = "wikipedia.edits";
    private static final int EVENTS = 20;
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)$");

    private static LocalStack stack;
    private static EmbeddedFlink flink;
    private static List<Sample> scraped;

    /** One line of an answer to Prometheus. */
    private record Sample(String name, String labels, double value) {

        boolean isOf(String label, String of) {
            return labels.contains(label + "=\"" + of + "\"");
        }
    }

    @BeforeAll
    static void runTheDemosViews() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
        FreshetConfig config = FreshetConfig.of(
                "test",
                "",
                Map.of(),
                Map.of(
                        "kafka.bootstrap",
                        stack.bootstrapServers(),
                        "redis.uri",
                        stack.redisUri(),
                        "flink.metrics_port",
                        "0"));
        Stores stores = new Stores(config);
        stores.createTopic(TOPIC, 1);
        Edits edits = new Edits();
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(edits.edit("Ann", Instant.now(), i));
        }
        events.add(new byte[] {1, 2, 3});
        flink = EmbeddedFlink.start(
                0, config.flink().parallelism(), config.flink().metricsPort());
        EventRange range = new EventRange(new EventRange.Earliest(), EventRange.End.NEVER);
        JobHandle job =
                flink.run(JobSpec.prepare(config, List.copyOf(DayRun.views().values()), range, new AvailableAt.Live()));
        job.awaitRunning();
        stores.produce(TOPIC, 0, events);
        // Of rows of one entity that wait for each other only the newest is written: freshness may count fewer.
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            List<Sample> now = scrape();
            return DayRun.VIEWS.stream()
                    .allMatch(view -> sum(now, OF_A_VIEW + "rows_out", view) >= EVENTS
                            && sum(now, OF_A_VIEW + "freshness_count", view) > 0);
        });
        job.checkpoint();
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            scraped = scrape();
            assertThat(scraped)
                    .anyMatch(sample -> sample.name.equals("flink_jobmanager_job_numberOfCompletedCheckpoints")
                            && sample.value > 0);
        });
    }

    @AfterAll
    static void stop() {
        flink.close();
        stack.close();
    }

    private static List<Sample> scrape() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address()).build();
        String text = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        Files.writeString(Path.of("target/metrics.txt"), text);
        List<Sample> samples = new ArrayList<>();
        Matcher lines = SAMPLE.matcher(text);
        while (lines.find()) {
            String labels = Optional.ofNullable(lines.group(2)).orElse("");
            samples.add(new Sample(lines.group(1), labels, Double.parseDouble(lines.group(3))));
        }
        return samples;
    }

    private static URI address() {
        return flink.metrics().orElseThrow();
    }

    private static double sum(List<Sample> samples, String name, String view) {
        return samples.stream()
                .filter(sample -> sample.name.equals(name) && sample.isOf("view", view))
                .mapToDouble(Sample::value)
                .sum();
    }

    @Test
    void whatFreshetCountsIsThereWithTheViewAsALabel() {
        for (String view : DayRun.VIEWS) {
            assertThat(sum(scraped, OF_A_VIEW + "events_in", view)).isEqualTo(EVENTS);
            assertThat(sum(scraped, OF_A_VIEW + "rows_out", view)).isGreaterThanOrEqualTo(EVENTS);
            assertThat(sum(scraped, OF_A_VIEW + "redis_errors", view)).isZero();
            assertThat(scraped)
                    .filteredOn(sample -> sample.name.equals(OF_A_VIEW + "reason_dead_letters")
                            && sample.isOf("view", view)
                            && sample.value > 0)
                    .singleElement()
                    .satisfies(sample ->
                            assertThat(sample.isOf("reason", "undecodable")).isTrue());
            assertThat(scraped)
                    .filteredOn(
                            sample -> sample.name.equals(OF_A_VIEW + "freshness_target") && sample.isOf("view", view))
                    .isNotEmpty()
                    .allSatisfy(sample -> assertThat(sample.value).isEqualTo(5_000));
            assertThat(scraped)
                    .as("freshness of at least one task")
                    .anyMatch(sample -> sample.name.equals(OF_A_VIEW + "freshness")
                            && sample.isOf("view", view)
                            && sample.isOf("quantile", "0.99")
                            && sample.value > 0);
        }
        assertThat(scraped)
                .extracting(Sample::name)
                .contains(
                        OF_A_VIEW + "late",
                        OF_A_VIEW + "out_of_order",
                        OF_A_VIEW + "non_finite",
                        OF_A_VIEW + "overflow",
                        OF_A_VIEW + "expression_failed",
                        OF_A_VIEW + "state_entries",
                        OF_A_VIEW + "watermark_lag",
                        OF_A_VIEW + "redis_waiting");
    }

    @Test
    void jobsAndOperatorsHaveTheirNames() {
        assertThat(scraped)
                .anyMatch(sample -> sample.isOf("operator_name", "windows user_activity")
                        && sample.isOf("job_name", "freshet freshet"));
    }

    @Test
    void everyQueryOfTheDashboardFindsItsMetrics() throws Exception {
        assertFound(PromQueries.ofDashboard(MONITORING.resolve("grafana/freshet.json")), 15);
    }

    @Test
    void everyAlertRuleFindsItsMetrics() throws Exception {
        assertFound(PromQueries.ofRules(MONITORING.resolve("prometheus/freshet.rules.yaml")), 10);
    }

    private static void assertFound(Map<String, String> queries, int atLeast) {
        Set<String> there = scraped.stream().map(Sample::name).collect(Collectors.toSet());
        assertThat(queries).hasSizeGreaterThanOrEqualTo(atLeast);
        queries.forEach((where, query) -> assertThat(PromQueries.metrics(query))
                .as("%s: %s", where, query)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(there).contains(name)));
    }

    @Test
    void nobodyElseOnTheNetworkReadsThem() throws Exception {
        assertThat(InetAddress.getByName(address().getHost()).isLoopbackAddress())
                .isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void nothingHereListensForOtherMachines() throws Exception {
        assertThat(Listening.beyondLoopback(ProcessHandle.current().pid()))
                .as("Kafka, Flink with its web UI, metrics")
                .isEmpty();
        assertThat(Listening.beyondLoopback(stack.redisPid())).as("Redis").isEmpty();
    }
}
