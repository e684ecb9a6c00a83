/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are trusted. */
final class Trust {

    private Trust() {}

    /**
     * Trust in those alone who hold the certificates of a file.
     *
     * @param file in PEM, one or more
     * @throws RegistryException if the file cannot be read, or holds no certificate
     */
    static SSLContext in(Path file) throws RegistryException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            if (store.size() == 0) {
                throw new RegistryException(problem(file) + "it holds no certificate, expected PEM");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (NoSuchFileException e) {
            throw new RegistryException(problem(file) + "there is none; it must be on each machine of the job", e);
        } catch (RegistryException e) {
            throw e;
        } catch (IOException | GeneralSecurityException e) {
            throw new RegistryException(problem(file) + e.getMessage(), e);
        }
    }

    private static String problem(Path file) {
        return "Cannot read '" + file.toAbsolutePath() + "', which registry.ca_certificates names: ";
    }
}
