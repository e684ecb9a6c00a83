/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import io.freshet.definition.DefinitionException;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A view with a column of each kind: n_1h a long, x_1h a double, t_1h a text, at_1h a timestamp, l_1h a list. */
final class Visits {

    private static final String SCHEMA = """
            {"type": "record", "name": "Visit", "fields": [
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "user", "type": "string"},
              {"name": "page", "type": "string"},
              {"name": "seconds", "type": "double"}]}
            """;

    private static final String VIEW = """
            view: visits
            source: {topic: visits, schema: Visit, event_time: time}
            entity: [user]
            windows: [1h]
            features:
              n: {count: "*"}
              x: {sum: seconds}
              t: {last: page}
              at: {last: time}
              l: {last_n: page, n: 9}
            """;

    private Visits() {}

    static ViewPlan plan() {
        try {
            return ViewText.of("visits.yaml", VIEW, new Schemas(Map.of("Visit", SCHEMA)))
                    .plan();
        } catch (DefinitionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The values of a row: all null but for the first ones, which are given. */
    static List<@Nullable Object> values(@Nullable Object... first) {
        return Arrays.asList(Arrays.copyOf(first, 5));
    }
}
