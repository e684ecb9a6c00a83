/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.CommandFailedException;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.example.training.BotFeatures;
import io.freshet.example.training.BotStory;
import io.freshet.example.training.Edit;
import io.freshet.example.training.Example;
import io.freshet.local.LocalStack;
import io.freshet.local.LocalStackException;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableReader;
import io.freshet.table.Tables;
import io.freshet.training.TrainingException;
import io.freshet.training.TrainingOptions;
import io.freshet.training.TrainingPlan;
import io.freshet.training.TrainingPreflight;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * {@code --train}: training sets out of the histories that the demo has just written, and the story that they tell. Each
 * set is made as a user would make it, of a file of labelled rows.
 */
final class TrainStage {

    private final LocalStack stack;
    private final FreshetConfig config;
    private final Properties kafka;
    private final List<ViewText> views;
    private final List<GenericRecord> edits;

    TrainStage(
            LocalStack stack, FreshetConfig config, Properties kafka, List<ViewText> views, List<GenericRecord> edits) {
        this.stack = stack;
        this.config = config;
        this.kafka = kafka;
        this.views = views;
        this.edits = edits;
    }

    /** How many edits come before the hours that are asked about. */
    static int trained(List<GenericRecord> edits) {
        return (int) edits.stream()
                .filter(edit -> DemoRun.timeMillis(edit) < BotStory.SERVED_FROM)
                .count();
    }

    /** A row of a spine. */
    private record Question(long timeMillis, GenericRecord edit) {}

    /** Makes the sets, trains, asks, and compares what was read from Redis with what a set says was served. */
    Story tell(ServedProbe probe) throws CommandFailedException, LocalStackException {
        long start = System.nanoTime();
        List<Question> asServed = new ArrayList<>();
        edits.forEach(edit -> asServed.add(new Question(DemoRun.timeMillis(edit), edit)));
        // To the same set, what was read from Redis is asked once more.
        probe.seen().forEach(seen -> asServed.add(new Question(seen.momentMillis(), seen.edit())));
        List<Question> latest = edits.subList(0, trained(edits)).stream()
                .map(edit -> new Question(BotStory.SERVED_FROM, edit))
                .toList();
        List<Map<String, @Nullable Object>> served = trainingSet("served", asServed);
        List<Map<String, @Nullable Object>> leaky = trainingSet("latest", latest);
        RedisCheck check = RedisCheck.of(probe.seen(), served.subList(edits.size(), served.size()));
        return new Story(
                trained(edits),
                edits.size() - trained(edits),
                BotStory.tell(
                        edits.stream().map(TrainStage::edit).toList(),
                        examples(served.subList(0, edits.size())),
                        examples(leaky)),
                check,
                (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private List<Map<String, @Nullable Object>> trainingSet(String name, List<Question> questions)
            throws CommandFailedException, LocalStackException {
        String wanted = BotFeatures.BY_VIEW.entrySet().stream()
                .map(view -> view.getKey() + ":" + String.join(",", view.getValue()))
                .collect(Collectors.joining(","));
        Path out = stack.directory().resolve(name + ".csv");
        try {
            Path spine = spine(stack.directory().resolve(name + ".jsonl"), questions);
            TrainingPlan plan = TrainingPreflight.run(
                    kafka, config, views, TrainingOptions.of(spine.toString(), wanted, out.toString()));
            stack.runInOneSlot(plan.job()).awaitEnd();
        } catch (TrainingException | IOException | KafkaException e) {
            throw CommandFailedException.failed("Cannot make the training set '" + name + "': " + e.getMessage());
        }
        List<Map<String, @Nullable Object>> rows = rows(out);
        if (rows.size() != questions.size()) {
            throw new IllegalStateException("A training set has the rows of its spine: found " + rows.size()
                    + ", expected " + questions.size());
        }
        return rows;
    }

    private static List<Map<String, @Nullable Object>> rows(Path file) throws CommandFailedException {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (TableReader table = Tables.open(file.toString(), ReadOptions.ALL)) {
            List<String> names = table.schema().names();
            for (@Nullable Object[] cells = table.next(); cells != null; cells = table.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (int i = 0; i < cells.length; i++) {
                    row.put(names.get(i), cells[i]);
                }
                rows.add(row);
            }
        } catch (IOException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
        return rows;
    }

    private static Path spine(Path file, List<Question> questions) throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (Question question : questions) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put(TrainingOptions.TIME_COLUMN, question.timeMillis());
                for (String key : List.of("user", "channel", "page")) {
                    row.put(key, question.edit().get(key).toString());
                }
                writer.write(json.writeValueAsString(row));
                writer.newLine();
            }
        }
        return file;
    }

    private List<Example> examples(List<Map<String, @Nullable Object>> rows) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Map<String, @Nullable Object> row = rows.get(i);
            examples.add(new Example(
                    BotFeatures.NAMES.stream().map(name -> number(row, name)).toList(),
                    (Boolean) edits.get(i).get("isRobot")));
        }
        return examples;
    }

    private static double number(Map<String, @Nullable Object> row, String name) {
        Object cell = row.get(name);
        if (cell == null) {
            return 0;
        }
        String text = cell.toString();
        return text.isEmpty() ? 0 : Double.parseDouble(text);
    }

    private static Edit edit(GenericRecord edit) {
        return new Edit(
                DemoRun.timeMillis(edit),
                edit.get("user").toString(),
                edit.get("channel").toString(),
                edit.get("page").toString(),
                edit.get("namespace").toString().equals("Main"),
                (Boolean) edit.get("isMinor"),
                (Integer) edit.get("delta"),
                (Integer) edit.get("added"),
                (Integer) edit.get("deleted"),
                (Boolean) edit.get("isRobot"));
    }
}
