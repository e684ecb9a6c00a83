/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.ViewPlan;
import io.freshet.row.CompactSchema;
import io.freshet.row.CompactWriter;
import io.freshet.row.FeastForm;
import io.freshet.row.FeatureRow;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowIdentity;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows that are stored as one binary value, or beside what Feast reads, are read as those of hashes are. */
class LayoutsReadTest {

    private static final long AS_OF = 1_700_000_000_000L;
    private static final String VIEW = """
            view: spending
            source: {topic: t, schema: Payment, event_time: time}
            entity: [card]
            windows: [1h, 1d]
            features: {n: {count: "*"}, spent: {sum: amount}, last: {last: country}}
            online: {layout: %s}
            """;

    private static RedisNodes server;
    private static RedisClient client;
    private static RedisCommands<byte[], byte[]> redis;

    @BeforeAll
    static void start() throws Exception {
        server = RedisNodes.one();
        client = RedisClient.create(server.uris().get(0));
        redis = client.connect(ByteArrayCodec.INSTANCE).sync();
    }

    @AfterAll
    static void stop() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        server.close();
    }

    @Test
    void aCompactRowIsRead() throws Exception {
        ViewPlan plan = Payments.plan(VIEW.formatted("compact"));
        redis.set(OnlineKeys.row("freshet", "spending", "ann").getBytes(UTF_8), row(plan));
        assertRead(plan);

        redis.set(OnlineKeys.row("freshet", "spending", "bob").getBytes(UTF_8), "text".getBytes(UTF_8));
        try (FeatureReader reader = reader()) {
            assertThatThrownBy(() -> reader.read(FeatureService.of(plan), EntityRow.of("card", "bob")))
                    .isInstanceOf(OnlineStoreException.class)
                    .hasMessageContaining("Cannot read view 'spending'")
                    .hasMessageContaining("found 4 bytes, expected a row of view 'spending'");
        }
    }

    @Test
    void rowsOfWhenTheViewHadOtherColumnsAreReadByTheSchemaThatTheJobPublished() throws Exception {
        ViewPlan plan = Payments.plan(VIEW.formatted("compact"));
        ViewPlan before = Payments.plan(VIEW.formatted("compact").replace("windows: [1h, 1d]", "windows: [1d]"));
        byte[] row = new CompactWriter(before)
                .write(new FeatureRow("old", AS_OF, AS_OF, 4, Long.MIN_VALUE, AS_OF, new Object[] {9L, 2.5, "FR"}));
        redis.set(OnlineKeys.row("freshet", "spending", "old").getBytes(UTF_8), row);
        FeatureService service = FeatureService.builder()
                .view(plan, List.of("n_1h", "n_1d", "last_1d"))
                .build();
        FeatureRequest request = FeatureRequest.of(service, EntityRow.of("card", "old"));
        try (FeatureReader reader = reader()) {
            assertThatThrownBy(() -> reader.read(request))
                    .isInstanceOf(OnlineStoreException.class)
                    .hasMessageContaining("which the job has not published");
            assertThat(reader.readAsync(request))
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withMessageContaining("which the job has not published");

            redis.hset(
                    OnlineKeys.schemas("freshet", "spending").getBytes(UTF_8),
                    "any".getBytes(UTF_8),
                    CompactSchema.of(before).toString().getBytes(UTF_8));
            assertThat(reader.read(request).get(0).view("spending").values().values())
                    .containsExactly(null, 9L, "FR");
        }
        try (FeatureReader reader = reader()) {
            assertThat(reader.readAsync(FeatureRequest.of(FeatureService.of(plan), EntityRow.of("card", "old"))))
                    .succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void aRowBesideWhatFeastReadsIsRead() throws Exception {
        ViewPlan plan = Payments.plan(VIEW.formatted("feast"));
        FeastForm form = new FeastForm(plan);
        redis.hset(form.key("freshet", "ann"), form.rowField(), row(plan));
        assertRead(plan);
    }

    private static byte[] row(ViewPlan plan) {
        return new CompactWriter(plan)
                .write(new FeatureRow("ann", AS_OF, AS_OF + 3, 4, AS_OF - 5_000_000, AS_OF, new Object[] {
                    7L, 9L, 2.5, null, "DE", "FR"
                }));
    }

    private static void assertRead(ViewPlan plan) {
        FeatureService service = FeatureService.builder()
                .view(plan, List.of("last_1d", "n_1h", "spent_1d"))
                .build();
        try (FeatureReader reader = reader()) {
            List<FeatureVector> read =
                    reader.read(FeatureRequest.of(service, EntityRow.of("card", "ann"), EntityRow.of("card", "eve")));
            ViewVector ann = read.get(0).view("spending");
            assertThat(ann.values().values()).containsExactly("FR", 7L, null);
            assertThat(ann.row()).contains(new RowIdentity(1, AS_OF, 4));
            assertThat(ann.warming()).containsExactly("last_1d", "spent_1d");
            assertThat(read.get(1).view("spending").status()).isEqualTo(RowStatus.MISSING);
        }
    }

    private static FeatureReader reader() {
        return FeatureReader.connect(ReaderOptions.redis(server.uris().get(0))
                .timeout(Duration.ofSeconds(5))
                .build());
    }
}
