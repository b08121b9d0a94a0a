package io.kafkabridge.publisher;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.CaFile;
import io.kafkabridge.common.CommandFailure;

/** Makes TLS sockets that trust the CAs of a PEM file, or those of the JVM. */
final class TrustedCertificates {
    private TrustedCertificates() {}

    /**
     * Makes the factory of the sockets.
     *
     * @param caFile PEM file with one or more CA certificates; null for the JVM's own
     * @throws CommandFailure when the file can't be read or holds no certificate
     */
    static SSLSocketFactory socketFactory(@Nullable Path caFile) {
        try {
            return caFile == null ? SSLContext.getDefault().getSocketFactory() : trusting(CaFile.certificates(caFile));
        } catch (GeneralSecurityException | IOException e) {
            throw CommandFailure.failed("Cannot set up TLS: " + e.getMessage(), e);
        }
    }

    private static SSLSocketFactory trusting(Collection<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
