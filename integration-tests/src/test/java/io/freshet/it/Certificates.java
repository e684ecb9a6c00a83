/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate of this machine, signed by itself, made by the JDK's keytool; its files lie in one folder.
 *
 * @param store with the key, PKCS 12, under {@link #PASSWORD}
 * @param certificate in PEM, to be trusted
 * @param key in PEM
 */
record Certificates(Path store, Path certificate, Path key) {

    static final String PASSWORD = "planted-of-keystore-7a13";

    static Certificates make(Path folder, String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
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
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Key key = keys.getKey(name, PASSWORD.toCharArray());
        return new Certificates(
                store,
                Files.writeString(
                        folder.resolve(name + ".pem"),
                        pem("CERTIFICATE", keys.getCertificate(name).getEncoded())),
                Files.writeString(folder.resolve(name + "-key.pem"), pem("PRIVATE KEY", key.getEncoded())));
    }

    private static String pem(String what, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }
}
