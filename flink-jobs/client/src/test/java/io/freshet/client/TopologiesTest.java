/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.definition.ViewPlan;
import io.freshet.row.OnlineKeys;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisSentinel;

/** One reader for all ways that Redis is set up, each on processes of its own. */
class TopologiesTest {

    private static final long AS_OF = 1_700_000_000_000L;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String PASSWORD = "s3cret-pass";

    @TempDir
    Path folder;

    private static ViewPlan shops;

    @BeforeAll
    static void plan() throws Exception {
        shops = Payments.shops();
    }

    @Test
    void inAClusterRowsOfAllNodesAreReadInOneCall() throws Exception {
        try (RedisNodes nodes = RedisNodes.cluster(3, folder)) {
            RedisClusterClient client =
                    RedisClusterClient.create(RedisURI.create(nodes.uris().get(0)));
            Set<Integer> thirds = new HashSet<>();
            List<EntityRow> rows = new ArrayList<>();
            try {
                RedisAdvancedClusterCommands<String, String> redis =
                        client.connect().sync();
                for (int i = 0; i < 200; i++) {
                    String key = OnlineKeys.row("freshet", "shops", "DE|" + i);
                    redis.hset(key, Payments.fields(shops, "DE|" + i, AS_OF, i, Long.MIN_VALUE, (double) i));
                    thirds.add(SlotHash.getSlot(key) * 3 / SlotHash.SLOT_COUNT);
                    rows.add(EntityRow.of("country", "DE").and("shop", i));
                }
                redis.set(OnlineKeys.watermark("freshet", "shops"), Long.toString(AS_OF));
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
            }
            assertThat(thirds).containsExactlyInAnyOrder(0, 1, 2);

            try (FeatureReader reader =
                    FeatureReader.connect(ReaderOptions.cluster(nodes.uris().subList(1, 2))
                            .timeout(TIMEOUT)
                            .build())) {
                List<FeatureVector> read = reader.read(
                        FeatureRequest.of(FeatureService.of(shops), rows).asOf(java.time.Instant.ofEpochMilli(AS_OF)));
                for (int i = 0; i < rows.size(); i++) {
                    assertThat(read.get(i).view("shops").value("spent_1d")).isEqualTo((double) i);
                    assertThat(read.get(i).view("shops").status()).isEqualTo(RowStatus.FRESH);
                }
            }
        }
    }

    @Test
    void aPrimaryIsFoundByItsSentinel() throws Exception {
        try (RedisNodes nodes = RedisNodes.one()) {
            int port = RedisNodes.freePort();
            RedisSentinel sentinel = RedisSentinel.builder()
                    .bind("127.0.0.1")
                    .port(port)
                    .masterName("main")
                    .masterPort(nodes.port())
                    .quorumSize(1)
                    .build();
            sentinel.start();
            try {
                write(nodes.uris().get(0));
                assertRead(ReaderOptions.redis("redis-sentinel://127.0.0.1:" + port + "#main"));
            } finally {
                sentinel.stop();
            }
        }
    }

    @Test
    void aUserWhoMayOnlyReadTheKeysOfTheNamespaceReadsThem() throws Exception {
        try (RedisNodes nodes = RedisNodes.one()) {
            write(nodes.uris().get(0));
            RedisClient client = RedisClient.create(nodes.uris().get(0));
            try {
                RedisCommands<String, String> redis = client.connect().sync();
                redis.aclSetuser(
                        "model",
                        io.lettuce.core.AclSetuserArgs.Builder.on()
                                .addPassword(PASSWORD)
                                .keyPattern("freshet:*")
                                .addCategory(io.lettuce.core.AclCategory.READ)
                                .addCategory(io.lettuce.core.AclCategory.CONNECTION));
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
            }
            assertRead(ReaderOptions.redis(nodes.uris().get(0)).credentials("model", PASSWORD));
            assertThatThrownBy(() -> FeatureReader.connect(
                            ReaderOptions.redis(nodes.uris().get(0))
                                    .credentials("model", "wrong-" + PASSWORD)
                                    .build()))
                    .isInstanceOf(OnlineStoreException.class)
                    .hasMessageContaining("Cannot log in to Redis at 127.0.0.1:" + nodes.port() + ": WRONGPASS")
                    .hasMessageNotContaining(PASSWORD);
            try (FeatureReader other =
                    FeatureReader.connect(ReaderOptions.redis(nodes.uris().get(0))
                            .credentials("model", PASSWORD)
                            .namespace("other")
                            .timeout(TIMEOUT)
                            .build())) {
                assertThatThrownBy(() -> other.read(FeatureService.of(shops), row()))
                        .isInstanceOf(OnlineStoreException.class)
                        .hasMessageContaining("NOPERM");
            }
        }
    }

    @Test
    void overTlsTheServersCertificateIsChecked() throws Exception {
        int tlsPort = RedisNodes.freePort();
        Path certificate = selfSigned();
        try (RedisNodes nodes = RedisNodes.one(
                "tls-port " + tlsPort,
                "tls-cert-file " + certificate,
                "tls-key-file " + folder.resolve("key.pem"),
                "tls-ca-cert-file " + certificate,
                "tls-auth-clients no")) {
            write(nodes.uris().get(0));
            String uri = "rediss://localhost:" + tlsPort;

            assertRead(ReaderOptions.redis(uri).caCertificates(certificate));
            assertThatThrownBy(() -> FeatureReader.connect(
                            ReaderOptions.redis(uri).timeout(TIMEOUT).build()))
                    .as("signed by nobody whom the JDK trusts")
                    .isInstanceOf(OnlineStoreException.class)
                    .hasMessageContaining("Cannot trust Redis at localhost:" + tlsPort);
        }
    }

    private static void write(String uri) {
        RedisClient client = RedisClient.create(uri);
        try {
            RedisCommands<String, String> redis = client.connect().sync();
            redis.hset(
                    OnlineKeys.row("freshet", "shops", "DE|7"),
                    Payments.fields(shops, "DE|7", AS_OF, 1, Long.MIN_VALUE, 12.5));
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    private static void assertRead(ReaderOptions.Builder options) {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(OnlineStoreException.class)
                .untilAsserted(() -> {
                    try (FeatureReader reader =
                            FeatureReader.connect(options.timeout(TIMEOUT).build())) {
                        assertThat(reader.read(FeatureService.of(shops), row())
                                        .view("shops")
                                        .value("spent_1d"))
                                .isEqualTo(12.5);
                    }
                });
    }

    private static EntityRow row() {
        return EntityRow.of("country", "DE").and("shop", 7);
    }

    /** The certificate of localhost, signed by itself; its key is written beside it. */
    private Path selfSigned() throws Exception {
        Path store = folder.resolve("key.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Key key = keys.getKey("redis", PASSWORD.toCharArray());
        Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", key.getEncoded()));
        return Files.writeString(
                folder.resolve("certificate.pem"),
                pem("CERTIFICATE", keys.getCertificate("redis").getEncoded()));
    }

    private static String pem(String what, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }
}
