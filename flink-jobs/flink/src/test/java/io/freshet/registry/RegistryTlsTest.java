/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.config.Secret;
import io.freshet.metrics.RegistryMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry whose certificate a company has signed itself, and that wants a user. */
class RegistryTlsTest {

    private static final String PASSWORD = "s3cret-pass";
    private static final Schema ORDER =
            SchemaBuilder.record("Order").fields().requiredLong("amount").endRecord();

    @TempDir
    private Path folder;

    @Test
    void itIsTrustedByTheCertificatesOfTheSettingsAndByNoOthers() throws Exception {
        KeyStore own = keys("registry");
        Path trusted = pem("registry", own);
        try (ScriptedServer server = ScriptedServer.overTls(context(own))) {
            server.reply("/schemas/ids/7", 200, "{\"schema\": " + quoted(ORDER.toString()) + "}");

            assertThat(registry(server, trusted.toString()).byId(7)).isEqualTo(ORDER);
            assertThat(server.authorizations())
                    .containsExactly("Basic " + Base64.getEncoder().encodeToString(("reader:" + PASSWORD).getBytes()));

            String other = pem("other", keys("other")).toString();
            for (String wrong : new String[] {null, other}) {
                assertThatThrownBy(() -> registry(server, wrong).byId(7))
                        .isInstanceOf(RegistryException.class)
                        .hasMessageStartingWith("Cannot trust the schema registry at " + server.url() + ": ")
                        .hasMessageEndingWith(
                                "; set registry.ca_certificates to the certificates of who signed that of the registry")
                        .hasMessageNotContaining(PASSWORD);
            }
            assertThat(server.requests()).as("asked once by one that trusts it").hasSize(1);
        }
    }

    @Test
    void aFileThatHoldsNoCertificatesIsTold() throws Exception {
        try (ScriptedServer server = new ScriptedServer()) {
            String missing = folder.resolve("none.pem").toString();
            assertThatThrownBy(() -> registry(server, missing).byId(7))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(
                            "Cannot read '" + missing + "', which registry.ca_certificates names: there is none");
            Path empty = Files.writeString(folder.resolve("empty.pem"), "");
            assertThatThrownBy(() -> registry(server, empty.toString()).byId(7))
                    .hasMessageContaining("it holds no certificate, expected PEM");
        }
    }

    private static SchemaRegistry registry(ScriptedServer server, @Nullable String trusted) {
        return new SchemaRegistry(
                new RegistryOptions(
                        List.of(server.url()),
                        "reader",
                        new Secret(PASSWORD),
                        trusted,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30)),
                RegistryMetrics.NONE);
    }

    private KeyStore keys(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private Path pem(String name, KeyStore keys) throws Exception {
        Certificate certificate = keys.getCertificate("own");
        return Files.writeString(
                folder.resolve(name + ".pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }
}
