package io.kafkabridge.extension.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS towards a Kafka cluster. With neither a CA file nor a truststore, the JVM's own CAs are trusted.
 *
 * @param caFile PEM file with the CA certificates to trust
 * @param truststore JKS or PKCS12 truststore with the CA certificates to trust
 * @param truststorePassword the truststore's password
 * @param hostnameVerification whether the broker's certificate must name the host that was asked for
 */
public record Tls(
        Optional<Path> caFile,
        Optional<Path> truststore,
        Optional<Secret> truststorePassword,
        boolean hostnameVerification) {}
