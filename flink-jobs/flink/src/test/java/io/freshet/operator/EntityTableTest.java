/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.metrics.ViewMetrics;
import io.freshet.window.WindowEngine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntityTableTest {

    private static final WindowEngine ENGINE = new WindowEngine(
            TestViews.payments().windowed(), TestViews.payments().view().emit(), ViewMetrics.NONE);

    @Test
    void agreesWithAMapThroughGrowthAndRemoval() throws Exception {
        Random random = new Random(5);
        EntityTable table = new EntityTable();
        Map<String, Entity> map = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            // "Aa" and "BB" have one hash
            String key = (random.nextBoolean() ? "Aa" : "BB") + random.nextInt(10_000);
            Entity known = map.get(key);
            assertThat(table.find(key)).isSameAs(known);
            if (known == null) {
                Entity entity = new Entity(key, ENGINE.newState());
                table.add(entity);
                map.put(key, entity);
            } else if (random.nextInt(3) == 0) {
                table.remove(known);
                map.remove(key);
            }
        }
        assertThat(table.size()).isEqualTo(map.size());
        Set<Entity> all = new HashSet<>();
        table.forEach(entity -> {
            all.add(entity);
            table.remove(entity);
        });
        assertThat(all).isEqualTo(new HashSet<>(map.values()));
        assertThat(table.size()).isZero();
    }
}
