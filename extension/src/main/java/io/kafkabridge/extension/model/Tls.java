package io.kafkabridge.extension.model;

import java.util.List;
import java.util.Optional;

import io.kafkabridge.common.Secret;

/**
 * TLS towards a Kafka cluster. With neither a CA file nor a truststore, the JVM's own CAs are trusted; with neither a keystore
 * nor a PEM key, the bridge shows no certificate of its own.
 *
 * @param caFile PEM file with the CA certificates to trust
 * @param truststore JKS or PKCS12 truststore with the CA certificates to trust
 * @param keystore JKS or PKCS12 keystore with the bridge's own key and certificate
 * @param pemKey the bridge's own key and certificate as PEM files
 * @param protocols the protocol versions that may be used; empty: Kafka's default
 * @param cipherSuites the cipher suites that may be used; empty: the JVM's default
 * @param hostnameVerification whether the broker's certificate must name the host that was asked for
 */
public record Tls(
        Optional<FileVersion> caFile,
        Optional<Truststore> truststore,
        Optional<Keystore> keystore,
        Optional<PemKey> pemKey,
        List<String> protocols,
        List<String> cipherSuites,
        boolean hostnameVerification) {

    public Tls {
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
    }

    /**
     * A truststore.
     *
     * @param file the store
     * @param password its password; empty: it is read without one
     */
    public record Truststore(FileVersion file, Optional<Secret> password) {}

    /**
     * A keystore.
     *
     * @param file the store
     * @param password its password
     * @param keyPassword the password of the private key in it
     */
    public record Keystore(FileVersion file, Secret password, Secret keyPassword) {}

    /**
     * A key and its certificate.
     *
     * @param certificate PEM file with the certificate, and behind it those of the authorities that lead to a trusted one
     * @param key PEM file with the private key, PKCS#8
     * @param keyPassword the key's password; empty when it isn't encrypted
     */
    public record PemKey(FileVersion certificate, FileVersion key, Optional<Secret> keyPassword) {}
}
