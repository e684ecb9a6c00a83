/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contestants and suites run, on a few events: what they measure then means nothing. */
class BenchmarkIT {

    @Test
    void contestantsOfEachKindAreMeasured() throws Exception {
        Workload workload = Workload.base(1_000).withWindows(List.of("10m")).withEntities(100);

        for (Contestant contestant :
                List.of(Contestant.FLINK_WINDOWS, Contestant.FLINK_SQL, Contestant.FRESHET_ROCKSDB)) {
            assertThat(new OperatorRun(0).run(contestant, workload, 2_000).get(Figure.EVENTS_PER_SECOND))
                    .as(contestant.title())
                    .isPositive();
        }
    }

    @Test
    void aSuiteLeavesTablesAndAFile(@TempDir Path folder) throws Exception {
        Options few = new Options(List.of(Suite.STATE), 1, 2_000, 2_000, 2_000, 500, 10, 2_000, 5, folder);
        ByteArrayOutputStream tables = new ByteArrayOutputStream();

        Path file = Benchmark.run(few, new PrintStream(tables, true, StandardCharsets.UTF_8));

        JsonNode results = new ObjectMapper().readTree(file.toFile()).path("results");
        assertThat(results).hasSize(4).allSatisfy(result -> {
            assertThat(result.path("figures")).hasSize(2);
            assertThat(tables.toString(StandardCharsets.UTF_8))
                    .contains("| " + result.path("name").asText() + " | ");
        });
    }

    @Test
    void theLayoutsOfTheOnlineStoreAreMeasured(@TempDir Path folder) throws Exception {
        Options few = new Options(List.of(Suite.LAYOUTS), 1, 2_000, 2_000, 2_000, 500, 300, 2_000, 5, folder);

        assertThat(LayoutSuite.run(few)).hasSize(9).allSatisfy(result -> {
            assertThat(result.median(Figure.REDIS_BYTES_PER_ENTITY)).isPositive();
            assertThat(result.median(Figure.ROWS_READ_PER_SECOND)).isPositive();
        });
    }

    @Test
    void callsForFeaturesAreMeasuredBesideRedisItself(@TempDir Path folder) throws Exception {
        Options few = new Options(List.of(Suite.SERVING), 1, 2_000, 2_000, 2_000, 500, 300, 2_000, 1, folder);

        assertThat(ServingSuite.run(few)).hasSize(4).allSatisfy(result -> {
            assertThat(result.median(Figure.CALLS_PER_SECOND)).isPositive();
            assertThat(result.median(Figure.ANSWER_P999_MILLIS)).isPositive();
        });
    }

    /** Also that both give the same training set: the suite itself compares them. */
    @Test
    void aTrainingSetIsMadeAsDuckDbMakesIt(@TempDir Path folder) throws Exception {
        Options few = new Options(List.of(Suite.TRAINING), 1, 2_000, 2_000, 2_000, 500, 10, 40_000, 5, folder);

        assertThat(TrainingSuite.run(few))
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.median(Figure.SECONDS)).isPositive());
    }
}
