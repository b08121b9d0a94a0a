package io.kafkabridge.common;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/** A PEM file with the certificates of one or more CAs. */
public final class CaFile {
    private CaFile() {}

    /**
     * Reads the certificates, at least one.
     *
     * @throws CommandFailure when the file can't be read or holds none
     */
    public static Collection<? extends Certificate> certificates(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw new CertificateException("empty file");
            }
            return certificates;
        } catch (IOException e) {
            throw CommandFailure.wrongSetting("Cannot read the CA file " + file + ": no such file, or no access", e);
        } catch (CertificateException e) {
            throw CommandFailure.wrongSetting(
                    "Cannot read the CA file " + file + ": it holds no PEM certificate (-----BEGIN CERTIFICATE-----)",
                    e);
        }
    }
}
