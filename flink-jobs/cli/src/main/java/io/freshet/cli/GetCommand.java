/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.client.OnlineRead;
import io.freshet.client.OnlineReader;
import io.freshet.client.OnlineRow;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.Column;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewPlan;
import io.freshet.reading.ReadPlan;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet get}: the newest features of entities, from Redis. */
@Command(
        name = "get",
        description = "Show the newest features of entities, as the online store has them.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every entity has a row", "1:some entity has none, or Redis cannot be read"},
        footer = {
            "",
            "Ages and decayed values change between rows. They are shown as of the moment up to which the job has seen all",
            "events, so that a replay of old events shows the ages of its own time; --as-of chooses another moment.",
            "",
            "A key of several fields is written with | between them, and \\| and \\\\ for | and \\ inside a field.",
            "",
            "Examples:",
            "  freshet get user_activity PereBot",
            "  freshet get payments 4711 --request amount=12.5 --request country=DE",
            "  freshet get user_activity PereBot --as-of 2015-09-12T18:00:00Z",
            "  freshet get page_activity '#en.wikipedia|Main Page' --json"
        })
final class GetCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--json", description = "One JSON object per entity, one a line.")
    private boolean json;

    @Option(
            names = "--as-of",
            paramLabel = "WHEN",
            description = "Show ages as of watermark (default), stored (as Redis has them), now, or a time such as"
                    + " 2026-01-31T12:00:00Z.")
    private String asOf = Moment.WATERMARK;

    @Option(
            names = "--request",
            paramLabel = "FIELD=VALUE",
            description = "What the request says, for features that are computed on demand; a list or map as JSON.")
    private Map<String, String> request = new LinkedHashMap<>();

    @Parameters(
            index = "0",
            paramLabel = "VIEW",
            completionCandidates = ViewNames.class,
            description = "Name of the view.")
    private String viewName = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY", description = "Keys of the entities.")
    private List<String> keys = new ArrayList<>();

    @Override
    public Integer call() throws CommandFailedException, DefinitionException, JsonProcessingException {
        Settings settings = options.read();
        ViewPlan view = settings.view(viewName);
        for (String key : keys) {
            Keys.check(key, view);
        }
        Moment moment = Moment.parse(asOf);
        OnDemand onDemand = OnDemand.of(view, request);
        FreshetConfig config = settings.config();
        OnlineRead read;
        try (OnlineReader reader = OnlineReader.connect(OnlineStore.options(config, TIMEOUT))) {
            read = reader.read(view, keys);
        }
        PrintWriter out = spec.commandLine().getOut();
        long now = System.currentTimeMillis();
        Optional<Instant> shown = moment.of(read, Instant.ofEpochMilli(now));
        boolean allFound = true;
        for (String key : keys) {
            Optional<OnlineRow> row = read.row(key);
            allFound &= row.isPresent();
            if (json) {
                out.println(new ObjectMapper().writeValueAsString(fields(key, row, read, shown, onDemand, now)));
            } else if (row.isPresent()) {
                print(row.get(), read, shown, view, onDemand, now);
            } else {
                spec.commandLine().getErr().println(viewName + " " + key + ": never seen, or expired");
            }
        }
        out.flush();
        return allFound ? Freshet.OK : Freshet.FAILED;
    }

    private void print(
            OnlineRow row, OnlineRead read, Optional<Instant> shown, ViewPlan view, OnDemand onDemand, long now) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(viewName + "  " + row.entity());
        out.println("as_of " + Instant.ofEpochMilli(row.asOfMillis()) + "  (" + Ages.text(now - row.asOfMillis())
                + " ago)  seq " + row.seq() + "  version " + row.version());
        if (read.watermarkMillis().isPresent()) {
            out.println("job has seen all events up to "
                    + Instant.ofEpochMilli(read.watermarkMillis().getAsLong()));
        }
        int width = ReadPlan.names(view).stream().mapToInt(String::length).max().orElse(0);
        Map<String, @Nullable Object> values = values(row, shown);
        for (Column column : view.columns()) {
            Object value = values.get(column.name());
            Object stored = row.value(column.name());
            String note = row.isWarming(column.name()) ? "  (warming)" : "";
            if (!Objects.equals(value, stored)) {
                note += "  (stored: " + ValueView.text(stored, column.type()) + ")";
            }
            out.println(
                    ("  %-" + width + "s  %s%s").formatted(column.name(), ValueView.text(value, column.type()), note));
        }
        onDemand.texts(row, shown)
                .forEach((name, text) -> out.println(("  %-" + width + "s  %s  (on demand)").formatted(name, text)));
    }

    private static Map<String, @Nullable Object> values(OnlineRow row, Optional<Instant> shown) {
        return shown.map(row::valuesAt).orElseGet(row::values);
    }

    private Map<String, @Nullable Object> fields(
            String key,
            Optional<OnlineRow> row,
            OnlineRead read,
            Optional<Instant> shown,
            OnDemand onDemand,
            long now) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("view", viewName);
        fields.put("entity", key);
        fields.put("found", row.isPresent());
        row.ifPresent(found -> {
            fields.put("as_of", found.asOfMillis());
            fields.put("available_at", found.availableAtMillis());
            fields.put("age_ms", now - found.asOfMillis());
            fields.put("seq", found.seq());
            fields.put("version", found.version());
            fields.put("values", values(found, shown));
            fields.put("stored", found.values());
            fields.put("warming", found.warming());
            if (!onDemand.isEmpty()) {
                fields.put("on_demand", onDemand.values(found, shown));
            }
        });
        read.watermarkMillis().ifPresent(millis -> fields.put("watermark", millis));
        return fields;
    }
}
