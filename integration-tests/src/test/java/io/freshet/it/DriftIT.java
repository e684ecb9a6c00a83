/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.Freshet;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.event.AvroEncoder;
import io.freshet.event.RecordReader;
import io.freshet.job.FeatureJob;
import io.freshet.job.JobSpec;
import io.freshet.local.LocalStack;
import io.freshet.operator.AvailableAt;
import io.freshet.source.EventRange;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drift between ranges of a real history: three hours of edits, of which the last adds far more. */
class DriftIT {

    private static final Path ROOT = Path.of("..");
    private static final Instant NOON = Instant.parse("2015-09-12T12:00:00Z");
    private static final String FIRST = "2015-09-12T12:00:00Z..2015-09-12T13:00:00Z";
    private static final String SECOND = "2015-09-12T13:00:00Z..2015-09-12T14:00:00Z";
    private static final String THIRD = "2015-09-12T14:00:00Z..2015-09-12T15:00:00Z";
    private static final int EDITS_PER_HOUR = 900;

    @TempDir
    static Path folder;

    private static LocalStack stack;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void logThreeHours() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
        FreshetConfig config = FreshetConfig.of(
                "test",
                "",
                Map.of(),
                Map.of("kafka.bootstrap", stack.bootstrapServers(), "redis.uri", stack.redisUri()));
        String schema = Files.readString(ROOT.resolve("schemas/src/main/avro/WikipediaEdit.avsc"));
        String yaml = """
                view: activity
                source: {topic: edits, schema: WikipediaEdit, event_time: time}
                entity: [user]
                features:
                  edits: {count: "*", windows: [5m]}
                  added: {mean: added, windows: [5m]}
                  namespace: {last: namespace, windows: [5m]}
                drift: {features: {namespace: {psi: any, js: any}}}
                """;
        Files.writeString(Files.createDirectory(folder.resolve("views")).resolve("activity.yaml"), yaml);
        Files.writeString(folder.resolve("freshet.yaml"), "views: views\n");
        Stores stores = new Stores(config);
        stores.createTopic("edits", 1);
        stores.produce("edits", 0, edits(new Schema.Parser().parse(schema)));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        ViewText view = ViewText.of("activity.yaml", yaml, new Schemas(Map.of("WikipediaEdit", schema)));
        FeatureJob.assemble(
                env,
                JobSpec.prepare(
                        config,
                        List.of(view),
                        new EventRange(new EventRange.Earliest(), EventRange.End.AT_LATEST),
                        new AvailableAt.Delayed(Duration.ofSeconds(1))));
        stack.flink().submit(env).awaitEnd();
    }

    private static List<byte[]> edits(Schema schema) throws Exception {
        AvroEncoder encoder = new AvroEncoder(schema);
        RecordReader reader = new RecordReader(schema);
        Random random = new Random(11);
        List<byte[]> edits = new ArrayList<>();
        for (int i = 0; i < 3 * EDITS_PER_HOUR; i++) {
            double more = i >= 2 * EDITS_PER_HOUR ? 1.5 : 0;
            Map<String, Object> edit = new HashMap<>(Map.of(
                    "time",
                    NOON.plusSeconds(4L * i).toString(),
                    "user",
                    "user" + random.nextInt(60),
                    "channel",
                    "#en",
                    "page",
                    "Page",
                    "namespace",
                    more > 0 ? "Talk" : "Main",
                    "added",
                    (int) (50 * Math.exp(random.nextGaussian() + more))));
            for (String flag : List.of("isMinor", "isNew", "isAnonymous", "isUnpatrolled", "isRobot")) {
                edit.put(flag, false);
            }
            edit.put("delta", edit.get("added"));
            edit.put("deleted", 0);
            edits.add(encoder.encode(reader.read(edit)));
        }
        return edits;
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void whatIsServedAsBeforeDoesNotDrift() {
        for (String rows : List.of("all", "events", "entities")) {
            assertThat(drift("--baseline", FIRST, "--against", SECOND, "--rows", rows))
                    .as(rows + "\n" + out)
                    .isEqualTo(Freshet.OK);
        }
        assertThat(out.toString()).contains("none of 3 columns drifts", "60 entities", "900 rows made by events");
    }

    @Test
    void aShiftIsFoundInTheColumnsItIsInUnlessTheViewSaysThatAnyIsRight() throws Exception {
        Path page = folder.resolve("drift.html");
        assertThat(drift("--baseline", "..2015-09-12T14:00:00Z", "--against", THIRD, "--json", "--html", page + ""))
                .isEqualTo(Freshet.FAILED);
        JsonNode columns = new ObjectMapper().readTree(out.toString()).path("columns");
        assertThat(columns.get(0).path("column").asText()).isEqualTo("added_5m");
        assertThat(columns.get(0).path("status").asText()).isEqualTo("drift");
        assertThat(columns.get(0).path("ks").path("value").asDouble()).isGreaterThan(0.4);
        assertThat(columns.get(1).path("status").asText()).isEqualTo("ok");
        assertThat(columns.get(2).path("status").asText()).isEqualTo("ok");
        assertThat(Files.readString(page)).contains("<h3>namespace_5m</h3>");
    }

    @Test
    void theLastHoursAreThoseBeforeTheTimeGiven() {
        assertThat(drift(
                        "--baseline",
                        "last 1h offset 1h",
                        "--against",
                        "last 1h",
                        "--until",
                        "2015-09-12T15:00:00Z",
                        "--rows",
                        "events"))
                .isEqualTo(Freshet.FAILED);
        assertThat(out.toString()).contains("activity: 1 of 3 columns drifts", "last 1h: 900 rows made by events");
    }

    @Test
    void aRangeWithoutRowsIsToldWithTheOneThereIs() {
        assertThat(drift("--baseline", FIRST, "--against", "last 7d")).isEqualTo(Freshet.FAILED);
        assertThat(err.toString())
                .contains("Cannot compare 'last 7d': there are no rows as of then")
                .contains("has rows as of 2015-09-12T12:00:00Z to 2015-09-12T1");
    }

    @Test
    void whatIsInAnArchiveIsReadThereAndTheRestInTheTopic() throws Exception {
        String archive = folder.resolve("archive").toString();
        assertThat(command("archive", "activity", "--dir", archive))
                .as("%s", err)
                .isEqualTo(Freshet.OK);
        out.getBuffer().setLength(0);
        assertThat(drift("--baseline", FIRST, "--against", THIRD, "--rows", "events", "--json"))
                .isEqualTo(Freshet.FAILED);
        String ofTheTopic = out.toString();
        out.getBuffer().setLength(0);

        assertThat(drift("--baseline", FIRST, "--against", THIRD, "--rows", "events", "--json", "--archive", archive))
                .as("%s", err)
                .isEqualTo(Freshet.FAILED);
        assertThat(out.toString())
                .as("no row twice, none left out, the same values")
                .isEqualTo(ofTheTopic);

        out.getBuffer().setLength(0);
        assertThat(drift(
                        "--baseline",
                        FIRST,
                        "--against",
                        THIRD,
                        "--rows",
                        "events",
                        "--json",
                        "--archive",
                        archive,
                        "-D",
                        "namespace=gone"))
                .as("%s", err)
                .isEqualTo(Freshet.FAILED);
        assertThat(out.toString()).as("the topic is gone").isEqualTo(ofTheTopic);

        assertThat(drift("--baseline", FIRST, "--against", THIRD, "--archive", archive + "/nowhere"))
                .isEqualTo(Freshet.FAILED);
        assertThat(err.toString()).contains("nothing was archived there");
    }

    private int drift(String... arguments) {
        List<String> words = new ArrayList<>(List.of("drift", "activity"));
        words.addAll(List.of(arguments));
        return command(words.toArray(new String[0]));
    }

    private int command(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(1, List.of("--config", folder + "/freshet.yaml"));
        words.addAll(List.of("-D", "kafka.bootstrap=" + stack.bootstrapServers()));
        return Freshet.commandLine(Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(new String[0]));
    }
}
