/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs of a job that is right are found right whatever the order of events; every planted fault is found. */
class EntityWalkTest {

    private static final int EVENTS = 300;
    private static final String HELD = "emit: on_watermark\n";

    /** Column of sums of doubles. */
    private static final int SPENT_1M = 3;

    @Test
    void everyRowOfEventsInOrderIsEqual() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            LiveLog log = inOrder("", seed);
            log.share = 1;
            VerifyReport report = log.verify();
            assertThat(report.causes())
                    .as("seed %d: %s", seed, report.examples())
                    .isEmpty();
            assertThat(report.rows().equal())
                    .isEqualTo(report.rows().compared())
                    .isGreaterThan(EVENTS);
            assertThat(report.oracle().asked()).isEqualTo(report.rows().compared());
        }
    }

    @Test
    void heldEventsGiveEqualRowsInWhateverOrderTheyCome() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            VerifyReport report = shuffled(HELD, seed, LiveLog.OUT_OF_ORDERNESS).verify();
            assertThat(report.causes())
                    .as("seed %d: %s", seed, report.examples())
                    .isEmpty();
            assertThat(report.rows().equal())
                    .isEqualTo(report.rows().compared())
                    .isGreaterThan(EVENTS);
        }
    }

    @Test
    void eventsOutOfOrderAreAllExplained() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            VerifyReport report = shuffled("", seed, 20_000).verify();
            assertThat(report.examples()).as("seed %d", seed).allMatch(found -> found.cause() == Cause.LATE);
            assertThat(report.isClean()).isTrue();
            assertThat(report.count(Cause.OUT_OF_ORDER)).isGreaterThan(20);
            assertThat(report.rows().equal() + report.count(Cause.OUT_OF_ORDER))
                    .isEqualTo(report.rows().compared());
        }
    }

    @Test
    void eventsBehindTheWatermarkAreExplainedWhereTheyAreHeld() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            VerifyReport report = shuffled(HELD, seed, 20_000).verify();
            assertThat(report.isClean())
                    .as("seed %d: %s", seed, report.examples())
                    .isTrue();
            assertThat(report.count(Cause.OUT_OF_ORDER)).isPositive();
            assertThat(report.rows().equal()).isGreaterThan(EVENTS / 4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 30, EVENTS})
    void eventsThatRowsDoNotTellApartAreFollowedOnEachCourse(int together) throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            LiveLog log = shuffled(new LiveLog(LiveLog.COUNTS, ""), seed, 20_000, together);
            VerifyReport report = log.verify();
            assertThat(report.isClean())
                    .as("seed %d: %s", seed, report.examples())
                    .isTrue();
            assertThat(report.count(Cause.OUT_OF_ORDER)).isGreaterThan(20);
        }
    }

    @Test
    void rowThatIsTakenOutAmongEventsOutOfOrderIsMissed() throws Exception {
        LiveLog log = shuffled("", 12, 20_000);
        List<HistoryRow> all = List.copyOf(log.rows);
        for (int i = 0; i < all.size(); i += 5) {
            log.rows.clear();
            log.rows.addAll(all);
            log.rows.remove(i);
            VerifyReport report = log.verify();
            assertThat(report.count(Cause.MISSING_ROW))
                    .as("%s: %s", all.get(i), report.examples())
                    .isEqualTo(1);
            assertThat(report.unexplained() - report.count(Cause.ORACLE_DISAGREES))
                    .as("%s: %s", all.get(i), report.examples())
                    .isEqualTo(1);
        }
    }

    @Test
    void numberThatIsChangedIsFound() throws Exception {
        LiveLog log = inOrder("", 13);
        HistoryRow row = log.rows.get(40);
        log.rows.set(40, LiveLog.of(row.asOfMillis(), row.seq() + 1_000, row.ingestedAtMillis(), row.values()));
        VerifyReport report = log.verify();
        assertThat(report.isClean()).isFalse();
        assertThat(report.examples()).extracting(Difference::column).contains("_seq");
    }

    @Test
    void lateEventsWithoutADeadLetterAreMissed() throws Exception {
        LiveLog log = inOrder("", 1);
        Item.Event late = log.event(0, 1_000, 5, 1);
        log.take(late);
        assertThat(log.verify().causes()).containsExactly(Map.entry(Cause.LATE, 1L));
        LiveJob silent =
                new LiveJob(LiveLog.ALL, log.watermark, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, new Letters());
        assertThat(log.verify(silent).count(Cause.MISSING_ROW)).isEqualTo(1);
        assertThat(log.verify(silent).unexplained()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", HELD})
    void everyRowThatIsTakenOutIsMissed(String emit) throws Exception {
        LiveLog log = inOrder(emit, 3);
        List<HistoryRow> all = List.copyOf(log.rows);
        for (int i = 0; i < all.size(); i += 5) {
            log.rows.clear();
            log.rows.addAll(all);
            log.rows.remove(i);
            VerifyReport report = log.verify();
            assertThat(report.count(Cause.MISSING_ROW)).as("%s", all.get(i)).isEqualTo(1);
            assertThat(report.unexplained() - report.count(Cause.ORACLE_DISAGREES))
                    .as("%s", report.examples())
                    .isEqualTo(1);
            assertThat(report.examples())
                    .filteredOn(found -> found.cause() == Cause.MISSING_ROW)
                    .extracting(Difference::asOfMillis)
                    .containsExactly(all.get(i).asOfMillis());
        }
    }

    @Test
    void everyRowThatIsTwiceIsFound() throws Exception {
        LiveLog log = inOrder("", 4);
        List<HistoryRow> all = List.copyOf(log.rows);
        for (int i = 0; i < all.size(); i += 7) {
            log.rows.clear();
            log.rows.addAll(all);
            log.rows.add(all.get(i));
            assertThat(log.verify().causes()).containsExactly(Map.entry(Cause.DUPLICATE_ROW, 1L));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", HELD})
    void everyValueThatIsOffByItsLastBitIsFound(String emit) throws Exception {
        LiveLog log = inOrder(emit, 5);
        List<HistoryRow> all = List.copyOf(log.rows);
        int changed = 0;
        for (int i = 0; i < all.size(); i += 5) {
            if (all.get(i).values().get(SPENT_1M) instanceof Double value) {
                changed++;
                log.rows.set(i, LiveLog.with(all.get(i), SPENT_1M, Math.nextUp(value)));
                VerifyReport report = log.verify();
                assertThat(report.causes()).containsExactly(Map.entry(Cause.FLOAT_ROUNDING, 1L));
                assertThat(report.isClean()).isFalse();
                assertThat(report.worst().orElseThrow().relative()).isPositive().isLessThan(1e-15);
                assertThat(report.examples()).hasSize(1);
                assertThat(report.examples().get(0).column()).isEqualTo("spent_1m");
                log.rows.set(i, all.get(i));
            }
        }
        assertThat(changed).isGreaterThan(EVENTS / 5);
    }

    @Test
    void wrongValueAmongEventsOutOfOrderIsFound() throws Exception {
        LiveLog log = shuffled("", 6, 20_000);
        List<HistoryRow> all = List.copyOf(log.rows);
        for (int i = 0; i < all.size(); i += 3) {
            log.rows.set(i, LiveLog.with(all.get(i), 1, 1_000L));
            VerifyReport report = log.verify();
            assertThat(report.count(Cause.WRONG_VALUE))
                    .as("%s", report.examples())
                    .isEqualTo(1);
            assertThat(report.unexplained() - report.count(Cause.ORACLE_DISAGREES))
                    .isEqualTo(1);
            log.rows.set(i, all.get(i));
        }
    }

    @Test
    void rowFromTheFutureIsFound() throws Exception {
        LiveLog log = inOrder("", 7);
        HistoryRow last = log.rows.get(log.rows.size() - 1);
        HistoryRow row = last;
        List<Object> values = new ArrayList<>(row.values());
        log.rows.add(LiveLog.of(row.asOfMillis() + 86_400_000, row.seq() + 1, 99_999_999, values));
        log.rows.add(LiveLog.of(row.asOfMillis() + 86_400_001, row.seq() + 2, FeatureRow.NO_EVENT, values));
        assertThat(log.verify().causes()).containsExactly(Map.entry(Cause.EXTRA_ROW, 2L));
    }

    @Test
    void rowsThatWereNeverWrittenAreMissedAndThoseThatAreNotDueAreNot() throws Exception {
        LiveLog log = inOrder("", 8);
        int events = log.events.size();
        long before = log.events.get(events - 1).event().offset();
        log.event(0, log.watermark + 5_000, 1_000_000_000, 3);
        assertThat(log.verify().causes()).containsExactly(Map.entry(Cause.MISSING_ROW, 1L));
        LiveJob behind = new LiveJob(
                Map.of(0, before + 1), log.watermark, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, log.letters);
        assertThat(log.verify(behind).causes()).containsExactly(Map.entry(Cause.NOT_YET_WRITTEN, 1L));
    }

    /** The operator forgets to hold: its rows can be made from the events, but not in an order that is owed. */
    @Test
    void eventsThatWereNotHeldAreInTheWrongOrder() throws Exception {
        LiveLog log = shuffled("", 9, LiveLog.OUT_OF_ORDERNESS);
        assertThat(log.verify().isClean()).isTrue();
        LiveLog held = new LiveLog(HELD);
        held.events.addAll(log.events);
        held.rows.addAll(log.rows);
        held.watermark = log.watermark;
        assertThat(held.verify().count(Cause.WRONG_ORDER)).isPositive();
    }

    @Test
    void offsetsOfAPartitionThatAreSwappedAreInTheWrongOrder() throws Exception {
        LiveLog log = new LiveLog("");
        Item.Event first = log.event(0, 1_000_000, 1, 5);
        Item.Event second = log.event(0, 1_001_000, 2, 6);
        log.take(second);
        log.take(first);
        log.watermark(2_000_000);
        assertThat(log.verify().count(Cause.WRONG_ORDER)).isEqualTo(2);
    }

    @Test
    void eventsBeforeTheJobStartedNeedNoRow() throws Exception {
        LiveLog log = new LiveLog("");
        for (int i = 0; i < 10; i++) {
            log.event(0, 1_000_000 + i * 1_000, i, 1);
        }
        for (int i = 10; i < 20; i++) {
            log.take(log.event(0, 1_000_000 + i * 1_000, i, 1));
        }
        log.watermark(2_000_000);
        LiveJob live = new LiveJob(LiveLog.ALL, log.watermark, Long.MIN_VALUE, Long.MIN_VALUE, 10, log.letters);
        VerifyReport report = log.verify(live);
        assertThat(report.causes()).containsExactly(Map.entry(Cause.NOT_VERIFIABLE, 10L));
        assertThat(report.rows().equal()).isEqualTo(report.rows().compared());
    }

    @Test
    void rowsOfDeletedEventsAreNotVerifiableAndThoseAfterAre() throws Exception {
        LiveLog log = inOrder("", 10);
        long begin = log.events.get(EVENTS / 2).timeMillis();
        log.events.removeIf(event -> event.timeMillis() < begin);
        LiveJob live = new LiveJob(LiveLog.ALL, log.watermark, begin, Long.MIN_VALUE, Long.MIN_VALUE, log.letters);
        VerifyReport report = log.verify(live);
        assertThat(report.isClean()).as("%s", report.examples()).isTrue();
        assertThat(report.count(Cause.NOT_VERIFIABLE)).isGreaterThan(EVENTS / 3);
        assertThat(report.rows().equal()).isGreaterThan(EVENTS / 3);
    }

    @Test
    void eventsWhoseRowsWereDeletedAreNotVerifiable() throws Exception {
        LiveLog log = inOrder("", 11);
        long begin = log.rows.get(log.rows.size() / 2).asOfMillis();
        long ingested = log.events.stream()
                .filter(event -> event.timeMillis() >= begin)
                .mapToLong(event -> event.event().ingestedAtMillis())
                .min()
                .orElseThrow();
        log.rows.removeIf(row -> row.asOfMillis() < begin);
        LiveJob live = new LiveJob(LiveLog.ALL, log.watermark, Long.MIN_VALUE, ingested, Long.MIN_VALUE, log.letters);
        VerifyReport report = log.verify(live);
        assertThat(report.isClean()).as("%s", report.examples()).isTrue();
        assertThat(report.rows().equal()).isGreaterThanOrEqualTo(log.rows.size() - 1L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void coalescedEventsAreTakenByTheNumberOfTheRow(int partitions) throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            LiveLog log = new LiveLog("coalesce: 50ms\n");
            List<Long> times = LiveLog.times(EVENTS, random);
            List<Item.Event> waiting = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                waiting.add(log.event(
                        random.nextInt(partitions), times.get(i) - random.nextInt(3_000), i / 3, amount(random)));
                if (random.nextInt(4) == 0 || i == EVENTS - 1) {
                    waiting.sort(Comparator.comparingLong(Item.Event::timeMillis));
                    for (int j = 0; j < waiting.size(); j++) {
                        boolean isLast = j == waiting.size() - 1;
                        log.take(
                                isLast
                                        ? waiting.get(j).event()
                                        : waiting.get(j).event().silently());
                    }
                    waiting.clear();
                    log.watermark(times.get(i) - LiveLog.OUT_OF_ORDERNESS - 1_001);
                }
            }
            log.watermark(times.get(EVENTS - 1) + 100_000);
            VerifyReport report = log.verify();
            assertThat(report.isClean())
                    .as("seed %d: %s", seed, report.examples())
                    .isTrue();
            assertThat(report.count(Cause.COALESCED)).isGreaterThan(EVENTS / 3);
            HistoryRow last = log.rows.remove(log.rows.size() - 1);
            assertThat(log.verify().count(Cause.MISSING_ROW)).as("%s", last).isEqualTo(1);
        }
    }

    private static double amount(Random random) {
        return random.nextInt(10_000) / 100.0;
    }

    private static LiveLog inOrder(String lines, int seed) throws Exception {
        Random random = new Random(seed);
        LiveLog log = new LiveLog(lines);
        List<Long> times = LiveLog.times(EVENTS, random);
        for (int i = 0; i < EVENTS; i++) {
            log.take(log.event(0, times.get(i), 10 + i / 3, amount(random)));
            if (random.nextInt(3) == 0) {
                log.watermark(times.get(i) - LiveLog.OUT_OF_ORDERNESS - 1);
            }
        }
        log.watermark(times.get(EVENTS - 1) + 100_000);
        return log;
    }

    /** Two partitions, each with events that are up to {@code disorder} late, read at a changing pace. */
    private static LiveLog shuffled(String lines, int seed, long disorder) throws Exception {
        return shuffled(new LiveLog(lines), seed, disorder, 3);
    }

    /**
     * Fills a log.
     *
     * @param together how many events Kafka takes in at the same moment
     */
    private static LiveLog shuffled(LiveLog log, int seed, long disorder, int together) throws Exception {
        Random random = new Random(seed);
        List<Long> times = LiveLog.times(EVENTS, random);
        List<long[]> arrivals = new ArrayList<>();
        times.forEach(time -> arrivals.add(new long[] {time, time + random.nextLong(disorder)}));
        arrivals.sort(Comparator.comparingLong(arrival -> arrival[1]));
        List<List<Item.Event>> partitions = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < EVENTS; i++) {
            int partition = random.nextInt(2);
            partitions.get(partition).add(log.event(partition, arrivals.get(i)[0], 10 + i / together, amount(random)));
        }
        long[] greatest = {Long.MIN_VALUE, Long.MIN_VALUE};
        int[] read = {0, 0};
        while (read[0] + read[1] < EVENTS) {
            int partition = random.nextInt(2);
            int batch = random.nextInt(5);
            while (batch-- > 0 && read[partition] < partitions.get(partition).size()) {
                Item.Event event = partitions.get(partition).get(read[partition]++);
                log.take(event);
                greatest[partition] = Math.max(greatest[partition], event.timeMillis());
            }
            long least = Math.min(greatest[0], greatest[1]);
            if (least != Long.MIN_VALUE) {
                log.watermark(least - LiveLog.OUT_OF_ORDERNESS - 1);
            }
        }
        log.watermark(Collections.max(times) + 100_000);
        return log;
    }
}
