/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Meanings;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlanner;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeaningsTest {

    private static final String VIEW = """
            view: spend
            source: {topic: spend, schema: Spend, event_time: time}
            entity: [card]
            where: "event.amount  >  0"
            windows: [1h]
            features:
              spent: {sum: event.amount}
              large: {count: "*", where: "event.shop == 'a  b'", windows: ["24 x 1h", "7d offset 7d", lifetime]}
              by_shop: {min: "event.amount * 2", per: shop, last_events: 5}
            derived:
              twice: "2 * spent_1h"
            """;

    private static final String SCHEMA = """
            {"type": "record", "name": "Spend", "namespace": "test", "fields": [
              {"name": "card", "type": "string"}, {"name": "shop", "type": "string"},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "amount", "type": "long"}
            ]}""";

    /** They lie in savepoints: in other words an unchanged column would be taken for another, and begin anew. */
    @Test
    void theWordsStayAsTheyAreInSavepoints() throws Exception {
        assertThat(Meanings.of(ViewPlanner.plan("v.yaml", VIEW, new Schemas(Map.of("Spend", SCHEMA)))))
                .containsExactly(
                        "sum{} over 1h/1m: (amount: long) in spend at time by [card] where event.amount > 0 as long",
                        "count{} over 24 x 1h/1m: () in spend at time by [card] where event.amount > 0"
                                + " if {event.shop == 'a  b'} as list<long>",
                        "count{} over 7d/1h offset 7d: () in spend at time by [card] where event.amount > 0"
                                + " if {event.shop == 'a  b'} as long",
                        "count{} over lifetime: () in spend at time by [card] where event.amount > 0"
                                + " if {event.shop == 'a  b'} as long",
                        "min{} of the latest 5 over 1h/1m: ({event.amount * 2}: long) per shop up to 100 in spend at time"
                                + " by [card] where event.amount > 0 as map<long>",
                        "2 * spent_1h of spent_1h = sum{} over 1h/1m: (amount: long) in spend at time by [card]"
                                + " where event.amount > 0 as long");
    }
}
