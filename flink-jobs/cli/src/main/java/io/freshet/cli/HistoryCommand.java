/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewPlan;
import io.freshet.row.HistoryRow;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet history}: all rows of an entity, from the history topic. */
@Command(
        name = "history",
        description = "Show the logged rows of an entity, oldest first; rows are logged at checkpoints.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:there are rows", "1:there are none, or Kafka cannot be read"},
        footer = {"", "Example:", "  freshet history user_activity PereBot --limit 5"})
final class HistoryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--limit", defaultValue = "20", description = "Newest rows to show; 0 for all. Default: 20.")
    private int limit;

    @Option(names = "--json", description = "One JSON object per row, one a line.")
    private boolean json;

    @Parameters(
            index = "0",
            paramLabel = "VIEW",
            completionCandidates = ViewNames.class,
            description = "Name of the view.")
    private String viewName = "";

    @Parameters(index = "1", paramLabel = "KEY", description = "Key of the entity, as 'freshet get' takes it.")
    private String key = "";

    @Override
    public Integer call() throws CommandFailedException, DefinitionException, JsonProcessingException {
        Settings settings = options.read();
        ViewPlan view = settings.view(viewName);
        Keys.check(key, view);
        Deque<HistoryRow> newest = new ArrayDeque<>();
        new HistoryReader(settings.kafka(), settings.config().namespace(), view).readEntity(key, row -> {
            newest.add(row);
            if (limit > 0 && newest.size() > limit) {
                newest.remove();
            }
        });
        PrintWriter out = spec.commandLine().getOut();
        ObjectMapper mapper = new ObjectMapper();
        for (HistoryRow row : newest) {
            out.println(json ? mapper.writeValueAsString(fields(row, view)) : line(row, view));
        }
        out.flush();
        if (newest.isEmpty()) {
            spec.commandLine().getErr().println(viewName + " " + key + ": no rows in the history");
            return Freshet.FAILED;
        }
        return Freshet.OK;
    }

    private static String line(HistoryRow row, ViewPlan view) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < view.columns().size(); i++) {
            values.add(view.columns().get(i).name() + "="
                    + ValueView.text(row.values().get(i), view.columns().get(i).type()));
        }
        return Instant.ofEpochMilli(row.asOfMillis()) + "  seq " + row.seq() + "  " + String.join(" ", values);
    }

    private Map<String, @Nullable Object> fields(HistoryRow row, ViewPlan view) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < view.columns().size(); i++) {
            values.put(view.columns().get(i).name(), row.values().get(i));
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("view", viewName);
        fields.put("entity", row.entity());
        fields.put("as_of", row.asOfMillis());
        fields.put("available_at", row.availableAtMillis());
        fields.put("seq", row.seq());
        fields.put("version", row.version());
        fields.put("values", values);
        fields.put("warming", row.warming());
        return fields;
    }
}
