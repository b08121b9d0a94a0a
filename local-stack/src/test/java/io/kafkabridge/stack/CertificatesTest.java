package io.kafkabridge.stack;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class CertificatesTest {

    @TempDir
    private Path folder;

    @Test
    void in_anEmptyFolder_makesAServerCertificateOfTheAuthority() throws Exception {
        // When
        Certificates made = Certificates.in(folder, "hivemq", "127.0.0.1");

        // Then
        KeyStore store =
                KeyStore.getInstance(made.keyStore().toFile(), made.password().toCharArray());
        assertThat(Collections.list(store.aliases())).containsExactly("server");
        X509Certificate server = (X509Certificate) store.getCertificate("server");
        try (InputStream pem = Files.newInputStream(made.ca())) {
            server.verify(CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem)
                    .getPublicKey());
        }
        assertThat(server.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "hivemq"), List.of(7, "127.0.0.1"));
    }

    @Test
    void in_aFolderUsedBefore_givesTheSame() throws Exception {
        // Given
        Certificates first = Certificates.in(folder);
        byte[] keys = Files.readAllBytes(first.keyStore());

        // When
        Certificates second = Certificates.in(folder);

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(second.keyStore()).hasBinaryContent(keys);
    }

    @Test
    void secrets_areTheOwnersAlone() throws Exception {
        // When
        Certificates made = Certificates.in(folder);

        // Then
        assertThat(made.toString()).doesNotContain(made.password());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.keyStore())))
                .isEqualTo("rw-------");
    }
}
