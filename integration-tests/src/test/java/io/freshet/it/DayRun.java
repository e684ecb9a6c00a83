/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The demo's day through its three views, by a job that ends; rows are available a second after their as_of. */
final class DayRun {

    static final List<String> VIEWS = List.of("user_activity", "channel_activity", "page_activity");

    private static final Path ROOT = Path.of("..");

    private DayRun() {}

    /** The views, by name, in that order. */
    static Map<String, ViewText> views() throws Exception {
        Map<String, ViewText> views = new LinkedHashMap<>();
        for (String name : VIEWS) {
            Path file = ROOT.resolve("deploy/demo/views").resolve(name + ".yaml");
            views.put(
                    name,
                    ViewText.of(
                            file.toString(), Files.readString(file), new Schemas(Map.of("WikipediaEdit", schema()))));
        }
        return views;
    }

    /** Sends the day and waits for the job's end. */
    static void run(LocalStack stack, FreshetConfig config, Map<String, ViewText> views) throws Exception {
        Schema schema = new Schema.Parser().parse(schema());
        RecordReader reader = new RecordReader(schema);
        AvroEncoder encoder = new AvroEncoder(schema);
        List<byte[]> events = new ArrayList<>();
        for (Map<String, Object> line : Day.lines()) {
            events.add(encoder.encode(reader.read(line)));
        }
        Stores stores = new Stores(config);
        stores.createTopic("wikipedia.edits", 1);
        stores.produce("wikipedia.edits", 0, events);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        FeatureJob.assemble(
                env,
                JobSpec.prepare(
                        config,
                        List.copyOf(views.values()),
                        new EventRange(new EventRange.Earliest(), EventRange.End.AT_LATEST),
                        new AvailableAt.Delayed(Duration.ofSeconds(1))));
        stack.flink().submit(env).awaitEnd();
    }

    private static String schema() throws Exception {
        return Files.readString(ROOT.resolve("schemas/src/main/avro/WikipediaEdit.avsc"));
    }
}
