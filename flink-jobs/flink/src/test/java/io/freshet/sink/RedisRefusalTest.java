/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.freshet.config.Secret;
import io.freshet.definition.FeatureView;
import io.freshet.definition.Layout;
import io.freshet.definition.ViewPlan;
import io.freshet.operator.TestViews;
import io.freshet.row.FeatureRow;
import io.freshet.row.OnlineRights;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisServer;

/** A Redis that does not let us in fails the job at once and says why; it is not tried again for minutes. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RedisRefusalTest {

    private static final String PASSWORD = "s3cret-pass";
    private static final String WRONG = "wr0ng-pass";

    private static final SinkWriter.Context CONTEXT = new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
            return Long.MIN_VALUE;
        }

        @Override
        public @Nullable Long timestamp() {
            return null;
        }
    };

    private final TaskMailbox mailbox = new TaskMailbox();
    private int port;
    private RedisServer server;
    private RedisClient client;
    private RedisCommands<String, String> redis;

    @BeforeEach
    void start() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = RedisServer.builder()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .setting("requirepass " + PASSWORD)
                .build();
        server.start();
        client = RedisClient.create("redis://:" + PASSWORD + "@localhost:" + port);
        redis = client.connect().sync();
    }

    @AfterEach
    void stop() throws IOException {
        mailbox.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        server.stop();
    }

    @Test
    void aWrongPasswordEndsAJobThatStartsAnewBeforeAnyRow() throws Exception {
        try (RowWriter writer = writer(null, WRONG)) {
            writer.connectOrEndJob();

            assertThatThrownBy(() -> runUntilFailure(writer))
                    .cause()
                    .isInstanceOf(SuppressRestartsException.class)
                    .cause()
                    .hasMessageStartingWith("Cannot log in to Redis at localhost:" + port + ": WRONGPASS ")
                    .hasMessageEndingWith("; check redis.username and redis.password");
        }
    }

    @Test
    void noPasswordWhereOneIsNeededFailsATaskThatWasRestored() throws Exception {
        try (RowWriter writer = writer(null, null)) {
            assertThatThrownBy(() -> writeAndFlush(writer))
                    .cause()
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageStartingWith("Cannot log in to Redis at localhost:" + port + ": NOAUTH ");
        }
    }

    @Test
    void aPasswordThatIsChangedInFlightFailsTheTaskAndLeavesTheJobToFlink() throws Exception {
        try (RowWriter writer = writer(null, PASSWORD)) {
            writer.connectOrEndJob();
            writeAndFlush(writer);
            redis.configSet("requirepass", WRONG);
            redis.auth(WRONG);
            redis.clientKill(io.lettuce.core.KillArgs.Builder.typeNormal().skipme());

            assertThatThrownBy(() -> runUntilFailure(writer))
                    .cause()
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("WRONGPASS")
                    .hasMessageNotContaining(PASSWORD);
        }
    }

    @Test
    void aUserWhoMayNotWriteIsToldOf() throws Exception {
        AclSetuserArgs rights = AclSetuserArgs.Builder.on()
                .addPassword(PASSWORD)
                .keyPattern("*")
                .addCommand(CommandType.EVAL)
                .addCommand(CommandType.EVALSHA);
        redis.aclSetuser("reader", rights);
        try (RowWriter writer = writer("reader", PASSWORD)) {
            assertThatThrownBy(() -> writeAndFlush(writer))
                    .cause()
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageStartingWith(
                            "Cannot run EVALSHA on keys test:card_spend:* of Redis at localhost:" + port + ": ")
                    .hasMessageContaining("; give the user that redis.username names the rights +eval +evalsha +set ");
        }
    }

    @Test
    void theRightsThatAreSaidToBeNeededSufficeAndEachIsNeeded() throws Exception {
        for (Layout layout : Layout.values()) {
            ViewPlan view = payments(layout);
            List<String> rules =
                    List.of(OnlineRights.toWrite("test", view).rules().split(" "));
            writeAs(view, rules);
            for (String rule : rules) {
                List<String> without =
                        rules.stream().filter(other -> !other.equals(rule)).toList();
                if (!isForOtherLayouts(layout, rule)) {
                    redis.flushall();
                    redis.scriptFlush();
                    assertThat(catchThrowable(() -> writeAs(view, without)))
                            .as("%s without %s", layout, rule)
                            .hasRootCauseInstanceOf(StoreRefusedException.class)
                            .rootCause()
                            .hasMessageContaining(
                                    "; give the user that redis.username names the rights " + String.join(" ", rules));
                }
            }
        }
    }

    /** Used where a row is there that was written when the view had another layout. */
    private static boolean isForOtherLayouts(Layout layout, String rule) {
        return layout == Layout.HASH && rule.equals("+getrange") || layout == Layout.COMPACT && rule.equals("+hmget");
    }

    /** What a job does: connects, writes rows that are there, and that live for a while, or for ever, and tells how far it is. */
    private void writeAs(ViewPlan view, List<String> rules) throws Exception {
        CommandArgs<String, String> user = new CommandArgs<>(StringCodec.UTF8)
                .add("SETUSER")
                .add("writer")
                .add("reset")
                .add("on")
                .add(">" + PASSWORD)
                .add("-@all");
        rules.forEach(user::add);
        redis.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), user);
        RedisOptions options = new RedisOptions(
                "redis://localhost:" + port, "writer", new Secret(PASSWORD), null, 10, 100, Duration.ofMinutes(5));
        long seq = 0;
        for (Optional<Duration> ttl : List.of(Optional.of(Duration.ofDays(1)), Optional.<Duration>empty())) {
            ViewPlan lived = new ViewPlan(withTtl(view.view(), ttl), view.sources(), view.columns(), view.onDemand());
            try (RowStore store = RowStore.of(options, "test", lived)) {
                for (int i = 0; i < 2; i++) {
                    seq++;
                    store.write(List.of(
                                    new FeatureRow("a", 1, 2, seq, Long.MIN_VALUE, 0, new Object[] {1L, 2L, 3L, null})))
                            .toCompletableFuture()
                            .join();
                }
                store.publishWatermark(1).toCompletableFuture().join();
            }
        }
    }

    private static ViewPlan payments(Layout layout) {
        ViewPlan plan = TestViews.payments();
        FeatureView.Online online = new FeatureView.Online(plan.view().online().ttl(), layout);
        return new ViewPlan(with(plan.view(), online), plan.sources(), plan.columns(), plan.onDemand());
    }

    private static FeatureView withTtl(FeatureView view, Optional<Duration> ttl) {
        return with(view, new FeatureView.Online(ttl, view.online().layout()));
    }

    private static FeatureView with(FeatureView view, FeatureView.Online online) {
        return new FeatureView(
                view.name(),
                view.version(),
                view.description(),
                view.owner(),
                view.sources(),
                view.entity(),
                view.where(),
                view.emit(),
                view.features(),
                view.derived(),
                online,
                view.history(),
                view.freshness(),
                view.coalesce(),
                view.drift(),
                view.onDemand());
    }

    @Test
    void theRefusalIsToldWheneverItIsAsked() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (RowWriter writer = writer(null, WRONG)) {
                assertThat(catchThrowable(() -> writeAndFlush(writer)))
                        .hasRootCauseInstanceOf(StoreRefusedException.class);
            }
        }
    }

    private void runUntilFailure(RowWriter writer) throws Exception {
        while (true) {
            writeAndFlush(writer);
        }
    }

    private static void writeAndFlush(RowWriter writer) throws Exception {
        writer.write(new FeatureRow("a", 1, 2, 3, Long.MIN_VALUE, 0, new Object[] {1L, 2L, 3L, null}), CONTEXT);
        writer.flush(false);
    }

    private RowWriter writer(@Nullable String username, @Nullable String password) {
        Secret secret = password == null ? null : new Secret(password);
        RedisOptions options =
                new RedisOptions("redis://localhost:" + port, username, secret, null, 10, 100, Duration.ofMinutes(5));
        RedisRowStore store = new RedisRowStore(options, "test", TestViews.payments());
        return new RowWriter(store, options, mailbox, mailbox, ingestedAt -> {});
    }
}
