/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.operator.SpendViews.Spend;
import io.freshet.oracle.Answer;
import io.freshet.oracle.Oracle;
import io.freshet.row.FeatureRow;
import io.freshet.row.Warming;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A view gains, loses and changes features between two jobs: what stays goes on as in a job that had it all along, what is
 * added begins with the second job, and says so.
 */
class WindowChangeTest {

    private static final long BEGIN = 1_700_000_000_000L;
    private static final int CACHE = 3;
    private static final int EVENTS = 300;

    private static String some(Random random) {
        String some =
                SpendViews.ALL.lines().filter(line -> random.nextInt(3) > 0).collect(Collectors.joining("\n"));
        return some.isBlank() ? SpendViews.ALL : some;
    }

    /** Features, of which one may count other events under the same name. */
    private static String changed(String features, Random random) {
        return random.nextBoolean() ? features.replace("last: {last: country", "last: {first: country") : features;
    }

    @ParameterizedTest
    @CsvSource({"heap, heap, false", "rocksdb, rocksdb, false", "rocksdb, heap, true", "heap, rocksdb, true"})
    void columnsThatStayGoOnAndThoseThatAreAddedBeginAndAreWarming(String from, String to, boolean onWatermark)
            throws Exception {
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            String emit = onWatermark ? "emit: on_watermark" : "emit: on_event";
            ViewPlan before = SpendViews.plan(some(random), emit);
            ViewPlan now = SpendViews.plan(changed(some(random), random), emit);
            new Run(before, now, seed).change(from, to);
        }
    }

    /** The same events through two jobs and the oracle. */
    private static final class Run {
        private final ViewPlan before;
        private final ViewPlan now;
        private final SpendViews.Stream stream;
        private final Set<String> kept = new HashSet<>();
        private final Oracle oracle;
        private final Warming warming;
        private final List<Spend> spends = new ArrayList<>();
        private int judged;

        Run(ViewPlan before, ViewPlan now, int seed) {
            this.before = before;
            this.now = now;
            this.stream = new SpendViews.Stream(seed, BEGIN);
            this.oracle = new Oracle(now.windowed());
            this.warming = new Warming(now.columns());
            List<Integer> from = StateShape.of(now).keptFrom(StateShape.of(before));
            for (int column = 0; column < from.size(); column++) {
                if (from.get(column) >= 0) {
                    kept.add(now.columns().get(column).name());
                }
            }
        }

        void change(String from, String to) throws Exception {
            OperatorSubtaskState savepoint;
            try (WindowHarness task = new WindowHarness(() -> before, from, CACHE, null)) {
                feed(task, before, EVENTS);
                savepoint = KeptSavepointTest.savepoint(task);
            }
            long addedSince = stream.nowMillis() + 1;
            try (WindowHarness task = new WindowHarness(() -> now, to, CACHE, savepoint, addedSince)) {
                task.watermark(stream.nowMillis() - 3_000);
                task.allMails();
                judge(task, addedSince);
                for (int i = 0; i < EVENTS; i += 20) {
                    feed(task, now, 20);
                    judge(task, addedSince);
                }
                savepoint = KeptSavepointTest.savepoint(task);
            }
            // What is told of the columns that were added is told after a restart, too.
            try (WindowHarness task = new WindowHarness(() -> now, to, CACHE, savepoint, Long.MAX_VALUE)) {
                feed(task, now, 20);
                judge(task, addedSince);
            }
            assertThat(judged).isGreaterThan(EVENTS);
        }

        private void feed(WindowHarness task, ViewPlan plan, int events) throws Exception {
            for (int i = 0; i < events; i++) {
                Spend spend = stream.next();
                spends.add(spend);
                oracle.add(spend.selected(now));
                task.event(spend.selected(plan));
                if (i % 20 == 19) {
                    task.watermark(stream.nowMillis() - 3_000);
                    task.allMails();
                }
            }
        }

        private void judge(WindowHarness task, long addedSince) {
            for (FeatureRow row : task.flink().extractOutputValues()) {
                List<String> warm = warming.columns(row);
                for (int column = 0; column < now.columns().size(); column++) {
                    Column of = now.columns().get(column);
                    boolean isComplete =
                            kept.contains(of.name()) || Warming.isComplete(of.window(), row.asOfMillis(), addedSince);
                    assertThat(warm.contains(of.name()))
                            .as("%s as of %d is warming", of.name(), row.asOfMillis())
                            .isEqualTo(!isComplete);
                    if (isComplete && isSettled(row)) {
                        judged++;
                        Answer answer = oracle.answer(column, row.entity(), row.asOfMillis());
                        assertThat(answer.agreesWith(row.value(column)))
                                .as("%s of %s: %s, expected %s", of.name(), row.entity(), row.value(column), answer)
                                .isTrue();
                    }
                }
            }
            task.flink().getOutput().clear();
        }

        /** Whether no event out of order that came after the row counts in its windows, nor one of the same moment. */
        private boolean isSettled(FeatureRow row) {
            long near = spends.stream()
                    .filter(spend -> spend.card().equals(row.entity())
                            && Math.abs(spend.timeMillis() - row.asOfMillis()) < 3_000
                            && spend.timeMillis() + 5 != row.ingestedAtMillis())
                    .count();
            return near == 0;
        }
    }
}
