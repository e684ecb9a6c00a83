/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.config.ConfigKey;
import io.freshet.definition.Column;
import io.freshet.definition.Emit;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.event.SelectedEvent;
import io.freshet.function.Description;
import io.freshet.function.Functions;
import io.freshet.metrics.ViewMetrics;
import io.freshet.window.EntityState;
import io.freshet.window.WindowEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README says what is so. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");

    private static String readme() throws Exception {
        return Files.readString(ROOT.resolve("README.md"));
    }

    @Test
    void itShowsTheDemosViewAsItIs() throws Exception {
        String view = Files.readString(ROOT.resolve("deploy/demo/views/user_activity.yaml"));
        assertThat(readme()).contains("```yaml\n" + view.strip() + "\n```");
    }

    @Test
    void filesItLinksToAreThere() throws Exception {
        Matcher links = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(readme());
        List<String> found = new ArrayList<>();
        while (links.find()) {
            found.add(links.group(1));
            assertThat(ROOT.resolve(links.group(1))).exists();
        }
        assertThat(found).isNotEmpty();
    }

    @Test
    void itNamesEverySetting() throws Exception {
        String readme = readme();
        assertThat(Arrays.stream(ConfigKey.values()).map(ConfigKey::key))
                .allSatisfy(key -> assertThat(readme).contains("`" + key + "`"));
    }

    @Test
    void thePagesThatItLinksToNameEveryFunction() throws Exception {
        Matcher links = Pattern.compile("\\]\\((flink-jobs/core/docs/functions/[a-z]+\\.md)\\)")
                .matcher(readme());
        StringBuilder pages = new StringBuilder();
        while (links.find()) {
            pages.append(Files.readString(ROOT.resolve(links.group(1))));
        }
        assertThat(Functions.all().functions())
                .filteredOn(function -> function.description().group() != Description.Group.OTHER)
                .isNotEmpty()
                .allSatisfy(function -> assertThat(pages).contains("\n## " + function.label() + "\n"));
    }

    @Test
    void itsExampleOfAWindowIsWhatTheEngineDoes() throws Exception {
        String yaml = """
                view: example
                source: {topic: t, schema: WikipediaEdit, event_time: time}
                entity: [user]
                features:
                  edits: {count: "*", windows: [1h]}
                """;
        String schema = Files.readString(ROOT.resolve("schemas/src/main/avro/WikipediaEdit.avsc"));
        List<Column.Windowed> columns = ViewText.of("example.yaml", yaml, new Schemas(Map.of("WikipediaEdit", schema)))
                .plan()
                .windowed();
        WindowEngine engine = new WindowEngine(columns, Emit.ON_EVENT, ViewMetrics.NONE);
        EntityState state = engine.newState();
        List<String> rows = new ArrayList<>();
        for (String time : List.of("10:00:30.000", "10:20:10.000")) {
            long millis = Instant.parse("2026-01-01T" + time + "Z").toEpochMilli();
            SelectedEvent edit = new SelectedEvent("Ann", millis, 0, 0, 0, 0, new Object[0], null);
            engine.accept(state, edit, Long.MIN_VALUE, (asOf, seq, values, cause) -> rows.add(row(asOf, values)));
        }
        engine.advance(
                state,
                Instant.parse("2026-01-02T00:00:00Z").toEpochMilli(),
                (asOf, seq, values, cause) -> rows.add(row(asOf, values)));

        assertThat(rows)
                .containsExactly("10:00:30.000 | 1", "10:20:10.000 | 2", "11:01:00.000 | 1", "11:21:00.000 | 0");
        assertThat(engine.isSpent(state)).isTrue();
        for (String row : rows) {
            String[] cells = row.split(" \\| ");
            assertThat(readme())
                    .containsPattern("\\| " + Pattern.quote(cells[0]) + " \\|[^|]*\\| " + cells[1] + " \\|");
        }
    }

    private static String row(long asOfMillis, Object[] values) {
        String time = Instant.ofEpochMilli(asOfMillis).plusNanos(1).toString().substring(11, 23);
        return time + " | " + values[0];
    }
}
