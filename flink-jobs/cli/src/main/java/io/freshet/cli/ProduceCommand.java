/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.EventFormat;
import io.freshet.event.AvroEncoder;
import io.freshet.event.BadEventException;
import io.freshet.event.EventEncoder;
import io.freshet.event.RecordReader;
import io.freshet.metrics.RegistryMetrics;
import io.freshet.registry.RegistryOptions;
import io.freshet.registry.SchemaRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet produce}: loose events from a file into a topic. */
@Command(
        name = "produce",
        description = "Send the events of a file (JSON lines or CSV with a head line, maybe .gz) to a topic.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every line was sent",
            "1:some lines could not be read (the others were sent), or Kafka or the schema registry failed"
        },
        footer = {
            "",
            "Example:",
            "  freshet produce --topic wikipedia.edits --schema WikipediaEdit --key user --speed 60 edits.json.gz"
        })
final class ProduceCommand implements Callable<Integer> {

    /** More broken lines than this are counted only. */
    private static final int SHOWN = 20;

    private static final Duration REGISTRY_LIMIT = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--topic", required = true, description = "Where they go; created if it is missing.")
    private String topic = "";

    @Option(names = "--schema", required = true, paramLabel = "FILE|NAME", description = "The Avro schema.")
    private String schemaName = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How they lie in the records: single_object (Avro's single-object encoding, the default),"
                    + " confluent (a schema registry's framing; the schema is registered under <topic>-value),"
                    + " avro (bare Avro) or json.")
    private String format = EventFormat.SINGLE_OBJECT.label();

    @Option(names = "--key", paramLabel = "FIELD", description = "Events that agree in it stay in order.")
    private @Nullable String key;

    @Option(names = "--time", paramLabel = "FIELD", description = "Event time for --speed. Default: first timestamp.")
    private @Nullable String timeField;

    @Option(names = "--partitions", defaultValue = "4", description = "Of a topic that is created. Default: 4.")
    private int partitions;

    @ArgGroup
    private PaceOptions pace = new PaceOptions();

    @Parameters(paramLabel = "FILE", description = "The events.")
    private Path file = Path.of("");

    private static final class PaceOptions {
        @Option(names = "--rate", paramLabel = "N", description = "Events per second.")
        private @Nullable Double rate;

        @Option(names = "--speed", paramLabel = "N|max", description = "Times as fast as event time. Default: max.")
        private String speed = "max";

        private Pace pace() throws CommandFailedException {
            if (rate == null) {
                return Pace.parse(speed);
            }
            if (!(rate > 0)) {
                throw CommandFailedException.wrongInput("Cannot use --rate " + rate + ", expected a number above 0");
            }
            return Pace.rate(rate);
        }
    }

    @Override
    public Integer call() throws CommandFailedException, DefinitionException {
        Schema schema = SchemaFiles.fileOrName(schemaName);
        Optional<String> keyField = Optional.ofNullable(key);
        if (keyField.isPresent() && schema.getField(keyField.get()) == null) {
            throw unknownField("--key", keyField.get(), schema);
        }
        Schema.Field time = timeField(schema);
        Pace chosen = pace.pace();
        EventFormat chosenFormat = format();
        Settings settings = options.read();
        EventEncoder encoder = encoder(chosenFormat, schema, settings.config().registry());
        try (Topics topics = new Topics(settings.kafka())) {
            topics.createIfMissing(topic, partitions);
        }
        PrintWriter err = spec.commandLine().getErr();
        Sender sender = new Sender(schema, time, chosen, err);
        try (EventProducer producer = new EventProducer(settings.kafka(), topic, encoder, keyField);
                Progress progress = Progress.of("produce", -1, options.environment())) {
            sender.send(new EventFile(file), producer, progress);
        }
        spec.commandLine().getOut().println("{\"sent\":" + sender.sent + ",\"broken\":" + sender.broken + "}");
        if (sender.broken > 0) {
            err.println(sender.broken + (sender.broken == 1 ? " line" : " lines") + " of " + file
                    + " could not be read; the others were sent");
            return Freshet.FAILED;
        }
        return Freshet.OK;
    }

    private EventFormat format() throws CommandFailedException {
        List<String> known =
                Arrays.stream(EventFormat.values()).map(EventFormat::label).toList();
        int position = known.indexOf(format);
        if (position < 0) {
            throw CommandFailedException.wrongInput(
                    "Cannot use --format " + format + ", expected " + String.join(" or ", known));
        }
        return EventFormat.values()[position];
    }

    private EventEncoder encoder(EventFormat format, Schema schema, FreshetConfig.Registry registry)
            throws CommandFailedException {
        return switch (format) {
            case SINGLE_OBJECT -> new AvroEncoder(schema);
            case AVRO -> EventEncoder.plain(schema);
            case JSON -> EventEncoder.json();
            case CONFLUENT -> EventEncoder.confluent(schema, register(schema, registry));
        };
    }

    private int register(Schema schema, FreshetConfig.Registry registry) throws CommandFailedException {
        if (registry.urls().isEmpty()) {
            throw CommandFailedException.wrongInput(
                    "Cannot use --format confluent without a schema registry: set registry.url");
        }
        RegistryOptions asked = RegistryOptions.of(registry).retryingAtMost(REGISTRY_LIMIT);
        try {
            return new SchemaRegistry(asked, RegistryMetrics.NONE).register(SchemaRegistry.subjectOf(topic), schema);
        } catch (IOException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    private Schema.Field timeField(Schema schema) throws CommandFailedException {
        if (timeField != null) {
            Schema.Field named = schema.getField(timeField);
            if (named == null || named.schema().getType() != Schema.Type.LONG) {
                throw unknownField("--time", timeField, schema);
            }
            return named;
        }
        return schema.getFields().stream()
                .filter(field -> field.schema().getLogicalType() instanceof LogicalTypes.TimestampMillis)
                .findFirst()
                .orElseThrow(() -> CommandFailedException.wrongInput(
                        "Cannot find the event time of schema " + schema.getName() + ": no timestamp-millis field"));
    }

    private static CommandFailedException unknownField(String option, String field, Schema schema) {
        return CommandFailedException.wrongInput("Cannot use " + option + " " + field + ", expected a field of schema "
                + schema.getName() + ": "
                + String.join(
                        ", ",
                        schema.getFields().stream().map(Schema.Field::name).toList()));
    }

    /** Counts as it sends. */
    private final class Sender {
        private final RecordReader records;
        private final Schema.Field time;
        private final Pace pace;
        private final PrintWriter err;
        private long sent;
        private long broken;

        private Sender(Schema schema, Schema.Field time, Pace pace, PrintWriter err) {
            this.records = new RecordReader(schema);
            this.time = time;
            this.pace = pace;
            this.err = err;
        }

        private void send(EventFile events, EventProducer producer, Progress progress) throws CommandFailedException {
            events.read(new EventFile.Visitor() {
                @Override
                public void event(long line, Map<String, @Nullable Object> values) throws CommandFailedException {
                    GenericRecord event;
                    try {
                        event = records.read(values);
                    } catch (BadEventException e) {
                        broken(line, String.valueOf(e.getMessage()));
                        return;
                    }
                    pace.await((Long) event.get(time.pos()));
                    producer.send(event);
                    sent++;
                    progress.step();
                }

                @Override
                public void broken(long line, String reason) {
                    broken++;
                    if (broken <= SHOWN) {
                        err.println(file + ":" + line + ": " + reason);
                    }
                }
            });
            producer.flush();
        }
    }
}
