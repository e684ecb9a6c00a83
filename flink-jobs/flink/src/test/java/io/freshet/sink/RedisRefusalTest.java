/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.freshet.config.Secret;
import io.freshet.operator.TestViews;
import io.freshet.row.FeatureRow;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
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
                            "Cannot run EVALSHA on keys test:payments:* of Redis at localhost:" + port + ": ")
                    .hasMessageContaining("; give the user that redis.username names the rights +eval +evalsha +set ");
        }
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
