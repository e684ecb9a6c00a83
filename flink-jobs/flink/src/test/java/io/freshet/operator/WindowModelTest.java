/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static io.freshet.operator.TestViews.payment;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.window.EntityState;
import io.freshet.window.RowOutput;
import io.freshet.window.WindowEngine;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random streams through the operator and, one entity at a time, through the engine alone: the rows are the same. */
class WindowModelTest {

    private static final int CARDS = 300;

    @ParameterizedTest
    @CsvSource({
        "heap, 1, false, false", "heap, 1, true, false", "heap, 1, false, true", "heap, 1, true, true",
        "rocksdb, 1, false, false", "rocksdb, 7, true, false", "rocksdb, 7, false, true", "rocksdb, 100, true, true",
        "rocksdb, 1000, false, false"
    })
    void operatorGivesTheRowsOfTheEngine(String backend, int cache, boolean disorder, boolean onWatermark)
            throws Exception {
        PlanSource source = onWatermark ? TestViews::paymentsOnWatermark : TestViews::payments;
        for (int seed = 0; seed < 4; seed++) {
            Model model = new Model(source);
            Map<String, List<String>> rows = run(source, backend, cache, disorder, new Random(seed), model);
            assertThat(rows).as("seed %d", seed).isEqualTo(model.rows);
        }
    }

    /** Rows of each card. A restored task begins without a watermark: only where events come in order it is the same. */
    private static Map<String, List<String>> run(
            PlanSource source, String backend, int cache, boolean disorder, Random random, Model model)
            throws Exception {
        Map<String, List<String>> rows = new TreeMap<>();
        WindowHarness task = new WindowHarness(source, backend, cache, null);
        long now = 0;
        long watermark = Long.MIN_VALUE;
        for (int step = 0; step < 3_000; step++) {
            now += random.nextInt(20);
            long time = disorder && random.nextInt(4) == 0 ? now - random.nextInt(90_000) : now;
            SelectedEvent event = payment("card" + random.nextInt(CARDS), time, random.nextInt(100));
            task.event(event);
            model.event(event);
            int dice = random.nextInt(100);
            if (dice < 5 && now - 1 > watermark) {
                watermark = Math.max(watermark, now - 1 - (disorder ? random.nextInt(2_000) : 0));
                task.watermark(watermark);
                model.watermark(watermark);
                now += random.nextInt(20) == 0 ? 30_000 : 0;
            } else if (dice < 10) {
                task.mail();
            } else if (dice == 10) {
                task.snapshot();
            } else if (dice == 11 && !disorder && random.nextInt(3) == 0) {
                collect(task, rows);
                OperatorSubtaskState snapshot = task.snapshot();
                task.close();
                task = new WindowHarness(source, backend, cache, snapshot);
            }
        }
        task.watermark(now + 1);
        model.watermark(now + 1);
        task.watermark(Long.MAX_VALUE);
        collect(task, rows);
        task.close();
        return rows;
    }

    private static void collect(WindowHarness task, Map<String, List<String>> rows) {
        for (String row : task.taken()) {
            if (!row.startsWith("W ")) {
                String card = row.substring(0, row.indexOf('@'));
                // the column that the view computes is not the engine's
                rows.computeIfAbsent(card, key -> new ArrayList<>()).add(row.substring(0, row.lastIndexOf(',')));
            }
        }
    }

    /** All entities at once, each through the watermark as soon as it comes. */
    private static final class Model {
        private final WindowEngine engine;
        private final Map<String, EntityState> states = new TreeMap<>();
        private final Map<String, List<String>> rows = new TreeMap<>();
        private long watermark = Long.MIN_VALUE;

        Model(PlanSource source) {
            engine = new WindowEngine(
                    source.plan().windowed(), source.plan().view().emit(), ViewMetrics.NONE);
        }

        void event(SelectedEvent event) {
            String card = event.entity();
            EntityState state = states.computeIfAbsent(card, key -> engine.newState());
            engine.accept(state, event, watermark, rows(card));
            engine.advance(state, watermark, rows(card));
            if (engine.isSpent(state)) {
                states.remove(card);
            }
        }

        void watermark(long millis) {
            watermark = Math.max(watermark, millis);
            Iterator<Map.Entry<String, EntityState>> all = states.entrySet().iterator();
            while (all.hasNext()) {
                Map.Entry<String, EntityState> each = all.next();
                engine.advance(each.getValue(), watermark, rows(each.getKey()));
                if (engine.isSpent(each.getValue())) {
                    all.remove();
                }
            }
        }

        private RowOutput rows(String card) {
            return (asOf, seq, values, cause) -> rows.computeIfAbsent(card, key -> new ArrayList<>())
                    .add(card + "@" + asOf + "#" + seq + "=" + values[0] + "," + values[1] + "," + values[2]);
        }
    }
}
