/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.Layout;
import io.freshet.definition.ViewText;
import io.freshet.row.FeastForm;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.OnlineKeys;
import io.freshet.verify.Cause;
import io.freshet.verify.Difference;
import io.freshet.verify.VerifyReport;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"COMPACT", "FEAST"})
    void whatIsChangedInABinaryRowOfRedisIsFound(Layout layout) throws Exception {
        String name = layout.name().toLowerCase(Locale.ROOT);
        FreshetConfig config = config("stored-" + name);
        String yaml = view(config, "emit: on_watermark\n").yaml();
        ViewText view = edits.view(yaml.replace("{ttl: 1d}", "{ttl: 1d, layout: " + name + "}"));
        createTopic(config, 2);
        produce(config, shuffled(5), 2);
        runToEnd(config, view);
        VerifyReport untouched = verify(config, view);
        assertThat(untouched.causes()).as("%s", untouched.examples()).isEmpty();
        assertThat(untouched.online().lookedUp())
                .isEqualTo(USERS)
                .isEqualTo(untouched.online().equal());

        FeastForm feast = new FeastForm(view.plan());
        byte[] row = feast.rowField();
        try (RedisClient client = RedisClient.create(stack.redisUri());
                StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE)) {
            RedisCommands<byte[], byte[]> bytes = connection.sync();
            Function<String, byte[]> key = user -> layout == Layout.FEAST
                    ? feast.key(config.namespace(), user)
                    : OnlineKeys.row(config.namespace(), "activity", user).getBytes(UTF_8);
            bytes.del(key.apply("user1"));
            if (layout == Layout.FEAST) {
                bytes.hset(key.apply("user2"), row, new byte[] {1, 2, 3});
                bytes.hset(key.apply("user3"), row, bytes.hget(key.apply("user4"), row));
                bytes.hset(key.apply("user5"), feast.field(0), new byte[] {9});
            } else {
                bytes.set(key.apply("user2"), new byte[] {1, 2, 3});
                bytes.set(key.apply("user3"), bytes.get(key.apply("user4")));
                bytes.del(key.apply("user5"));
                bytes.hset(key.apply("user5"), row, row);
            }
        }

        VerifyReport report = verify(config, view);
        assertThat(report.causes()).as("%s", report.examples()).containsOnlyKeys(Cause.WRONG_ONLINE);
        assertThat(report.examples())
                .extracting(Difference::entity)
                .contains("user1", "user2", "user3", "user5")
                .doesNotContain("user4");
        assertThat(report.examples())
                .extracting(Difference::found)
                .anySatisfy(found -> assertThat(found).contains("nothing, though its time to live is not over"))
                .anySatisfy(found -> assertThat(found).contains("found 3 bytes, expected a row of view 'activity'"))
                .anySatisfy(found -> assertThat(found)
                        .contains(layout == Layout.FEAST ? "for Feast another value" : "no row of layout compact"));
    }

    /** A row in the middle of a user's, of those that the condition holds for. */
    private static HistoryRow row(TamperedHistory history, String user, Predicate<HistoryRow> condition) {
        List<HistoryRow> rows = history.rows().stream()
                .filter(row -> row.entity().equals(user) && condition.test(row))
                .toList();
        return rows.get(rows.size() / 2);
    }
}
