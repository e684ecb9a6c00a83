/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilesSourceTest {

    private static final String SCHEMA = """
            {"type": "record", "name": "UserSnapshot", "fields": [
              {"name": "user", "type": "string"},
              {"name": "plan", "type": "string"},
              {"name": "taken_at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "loaded_at", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]}
            ]}""";

    private static final String VIEW = """
            view: user_profile
            source:
              files: warehouse/users/date=*/*.parquet
              schema: UserSnapshot
              event_time: taken_at
            entity: [user]
            windows: [lifetime]
            features:
              plan: {last: plan}
            """;

    private static List<String> problems(String yaml) {
        try {
            ViewPlanner.plan("v.yaml", yaml, new Schemas(Map.of("UserSnapshot", SCHEMA)));
            return List.of();
        } catch (DefinitionException e) {
            return e.problems().stream()
                    .map(problem -> problem.line() + ":" + problem.column() + " " + problem.message())
                    .toList();
        }
    }

    private static FeatureView.Source source(String yaml) throws DefinitionException {
        return ViewPlanner.plan("v.yaml", yaml, new Schemas(Map.of("UserSnapshot", SCHEMA)))
                .view()
                .sources()
                .get(0);
    }

    private static String with(String line) {
        return VIEW.replace("  event_time: taken_at\n", "  event_time: taken_at\n  " + line + "\n");
    }

    @Test
    void aViewOverFilesSaysWhenItsEventsAreAvailable() throws DefinitionException {
        assertThat(source(VIEW).files())
                .contains(new FeatureView.Files(
                        "warehouse/users/date=*/*.parquet", new FeatureView.Availability.Loaded()));
        assertThat(source(with("available: loaded")).files())
                .isEqualTo(source(VIEW).files());
        assertThat(source(with("available: 2h")).files().orElseThrow().available())
                .isEqualTo(new FeatureView.Availability.After(Duration.ofHours(2)));
        assertThat(source(with("available: loaded_at")).files().orElseThrow().available())
                .isInstanceOfSatisfying(
                        FeatureView.Availability.At.class,
                        at -> assertThat(at.field().text()).isEqualTo("loaded_at"));
        assertThat(source(with("max_future: 1d")).maxFuture()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void whatIsOfTopicsIsRefusedWithItsPlace() {
        assertThat(problems(with("topic: users")))
                .containsExactly("6:3 Cannot read a topic and files in one 'source': expected one of the two");
        assertThat(problems(with("out_of_orderness: 5s")))
                .containsExactly(
                        "6:3 Cannot use 'out_of_orderness' with 'files': files are read to their end, nothing is"
                                + " waited for; remove it");
        assertThat(problems(with("idle_after: 5s"))).hasSize(1);
        assertThat(problems(VIEW + "emit: on_watermark\n"))
                .singleElement()
                .asString()
                .startsWith("10:1 Cannot use 'emit' with 'files'");
        assertThat(problems(VIEW + "coalesce: 50ms\n"))
                .singleElement()
                .asString()
                .startsWith("10:1 Cannot use 'coalesce' with 'files'");
        assertThat(problems(
                        VIEW.replace("source:\n  files:", "source:\n- files:").replace("  schema", "  schema")))
                .isNotEmpty();
    }

    @Test
    void filesStandAlone() {
        String list = VIEW.replace("""
                source:
                  files: warehouse/users/date=*/*.parquet
                  schema: UserSnapshot
                  event_time: taken_at
                """, """
                source:
                  - {files: "users/*.csv", schema: UserSnapshot, event_time: taken_at}
                """);
        assertThat(problems(list))
                .containsExactly("3:6 Cannot read files beside other sources: expected 'source' to be one mapping with"
                        + " 'files', no list");
    }

    @Test
    void wrongAvailabilityIsToldWithItsPlace() {
        assertThat(problems(with("available: 0s")))
                .containsExactly("6:14 Cannot use '0s' for 'available': a labelled event would find itself in its own"
                        + " features, expected more than zero");
        assertThat(problems(with("available: 2 hours")))
                .containsExactly(
                        "6:14 Cannot read 'available: 2 hours': expected loaded, a time after the event such as"
                                + " 2h, or a timestamp field of the schema");
        assertThat(problems(with("available: load_at")))
                .singleElement()
                .asString()
                .startsWith("6:14 Unknown field 'load_at' of schema 'UserSnapshot'")
                .contains("loaded_at");
        assertThat(problems(with("available: plan")))
                .containsExactly(
                        "6:14 Cannot take when events were available from 'plan' of type string: expected a long"
                                + " of logical type timestamp-millis or timestamp-micros");
        assertThat(problems(VIEW.replace("warehouse/users/date=*/*.parquet", "''")))
                .singleElement()
                .asString()
                .startsWith("3:");
    }

    @Test
    void anUnknownKeySaysWhichThereAre() {
        assertThat(problems(with("availible: 2h")))
                .singleElement()
                .asString()
                .startsWith("6:3 Unknown key 'availible' in 'source'")
                .contains("available");
        assertThat(problems(VIEW.replace("files:", "file:"))).anyMatch(text -> text.contains("'files'"));
    }
}
