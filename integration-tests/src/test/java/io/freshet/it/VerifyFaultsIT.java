/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.OnlineKeys;
import io.freshet.verify.Cause;
import io.freshet.verify.Difference;
import io.freshet.verify.VerifyReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Whatever is planted in history or online store is found, with its key. */
class VerifyFaultsIT extends VerifyStage {

    private static final int EDITS_1H = 2;
    private static final int SIZE_1H = 8;

    @Test
    void whatIsChangedInRedisIsFound() throws Exception {
        FreshetConfig config = config("online");
        ViewText view = view(config, "");
        createTopic(config, 2);
        produce(config, shuffled(4), 2);
        runToEnd(config, view);
        VerifyReport before = verify(config, view);
        assertThat(before.isClean()).as("%s", before).isTrue();

        redis.hset(key("user1"), "edits_1h", "77");
        redis.del(key("user2"));
        redis.hset(key("user3"), OnlineKeys.AS_OF, "1999999999999");
        redis.hset(key("user4"), OnlineKeys.AS_OF, "1");
        redis.hdel(key("user5"), "added_1h");
        redis.hset(key("user6"), OnlineKeys.WARMING, "edits_1h");

        VerifyReport report = verify(config, view);
        assertThat(report.count(Cause.WRONG_ONLINE)).as("%s", report.examples()).isEqualTo(6);
        assertThat(report.unexplained()).isEqualTo(6);
        assertThat(report.examples())
                .filteredOn(found -> found.cause() == Cause.WRONG_ONLINE)
                .extracting(found -> found.entity() + " " + found.column())
                .containsExactlyInAnyOrder(
                        "user1 edits_1h", "user2 ", "user3 ", "user4 ", "user5 added_1h", "user6 _warming");

        // The job again, from the beginning: the history has each row twice.
        runToEnd(config, view);
        assertThat(verify(config, view).count(Cause.DUPLICATE_ROW)).isGreaterThan(EDITS);
    }

    private static String key(String user) {
        return OnlineKeys.row("online", "activity", user);
    }

    @Test
    void whatIsChangedInTheHistoryIsFound() throws Exception {
        FreshetConfig config = config("logged");
        ViewText view = view(config, "emit: on_watermark\n");
        createTopic(config, 2);
        produce(config, shuffled(5), 2);
        runToEnd(config, view);
        TamperedHistory history = new TamperedHistory(config, view);
        FreshetConfig untouched = config("logged-untouched");
        history.copy(untouched, redis, Map.of());
        assertThat(verify(untouched, view).causes()).isEmpty();

        Map<Integer, List<HistoryRow>> instead = new HashMap<>();
        HistoryRow counted = row(history, "user1", row -> true);
        instead.put(
                history.rows().indexOf(counted),
                List.of(TamperedHistory.with(
                        counted, EDITS_1H, (Long) counted.values().get(EDITS_1H) + 1)));
        HistoryRow lost = row(history, "user2", row -> row.ingestedAtMillis() != FeatureRow.NO_EVENT);
        instead.put(history.rows().indexOf(lost), List.of());
        HistoryRow expired = row(history, "user3", row -> row.ingestedAtMillis() == FeatureRow.NO_EVENT);
        instead.put(history.rows().indexOf(expired), List.of());
        HistoryRow doubled = row(history, "user4", row -> true);
        instead.put(history.rows().indexOf(doubled), List.of(doubled, doubled));
        HistoryRow rounded = row(history, "user5", row -> row.values().get(SIZE_1H) != null);
        instead.put(history.rows().indexOf(rounded), List.of(TamperedHistory.with(rounded, SIZE_1H, Math.nextUp((Double)
                rounded.values().get(SIZE_1H)))));

        FreshetConfig tampered = config("logged-tampered");
        history.copy(tampered, redis, instead);
        VerifyReport report = verify(tampered, view);
        assertThat(report.causes())
                .as("%s", report.examples())
                .containsAllEntriesOf(Map.of(
                        Cause.WRONG_VALUE, 1L,
                        Cause.MISSING_ROW, 2L,
                        Cause.DUPLICATE_ROW, 1L,
                        Cause.FLOAT_ROUNDING, 1L));
        assertThat(report.examples())
                .filteredOn(found -> found.cause() != Cause.ORACLE_DISAGREES)
                .extracting(Difference::cause, Difference::entity, Difference::asOfMillis)
                .contains(
                        tuple(Cause.WRONG_VALUE, "user1", counted.asOfMillis()),
                        tuple(Cause.MISSING_ROW, "user2", lost.asOfMillis()),
                        tuple(Cause.MISSING_ROW, "user3", expired.asOfMillis()),
                        tuple(Cause.DUPLICATE_ROW, "user4", doubled.asOfMillis()),
                        tuple(Cause.FLOAT_ROUNDING, "user5", rounded.asOfMillis()));
        assertThat(report.worst().orElseThrow().difference().entity()).isEqualTo("user1");
    }

    /** A row in the middle of a user's, of those that the condition holds for. */
    private static HistoryRow row(TamperedHistory history, String user, Predicate<HistoryRow> condition) {
        List<HistoryRow> rows = history.rows().stream()
                .filter(row -> row.entity().equals(user) && condition.test(row))
                .toList();
        return rows.get(rows.size() / 2);
    }
}
