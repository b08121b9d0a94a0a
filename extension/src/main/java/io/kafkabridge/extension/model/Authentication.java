package io.kafkabridge.extension.model;

import java.util.Optional;

import io.kafkabridge.common.Secret;

/** How the bridge proves to a Kafka cluster who it is: a SASL mechanism and what it needs. */
public sealed interface Authentication {

    /**
     * A user name and a password.
     *
     * @param mechanism the SASL mechanism
     * @param username the user name, not empty
     * @param password the password, not empty
     */
    record Login(Mechanism mechanism, String username, Secret password) implements Authentication {}

    /**
     * OAUTHBEARER (RFC 7628) with tokens that an identity provider gives for a client's id and secret (client credentials, RFC
     * 6749, section 4.4).
     *
     * @param tokenEndpoint the provider's URL, {@code http} or {@code https}
     * @param clientId the client's id, not empty
     * @param clientSecret the client's secret, not empty
     * @param scope what the token is asked for; empty: what the provider gives
     * @param caFile PEM file with the CA certificates to trust at the token endpoint; empty: the JVM's own CAs
     */
    record OAuthBearer(
            String tokenEndpoint,
            String clientId,
            Secret clientSecret,
            Optional<String> scope,
            Optional<FileVersion> caFile)
            implements Authentication {}

    /** SASL mechanisms with a user name and a password, by the element that chooses them. */
    enum Mechanism {
        PLAIN("plain", "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule"),
        SCRAM_SHA_256("scram-sha256", "SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule"),
        SCRAM_SHA_512("scram-sha512", "SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

        private final String element;
        private final String saslName;
        private final String loginModule;

        Mechanism(final String element, final String saslName, final String loginModule) {
            this.element = element;
            this.saslName = saslName;
            this.loginModule = loginModule;
        }

        /** The name of the element in {@code config.xml}. */
        public String element() {
            return element;
        }

        /** The name as the SASL registry and Kafka have it. */
        public String saslName() {
            return saslName;
        }

        /** The class name of Kafka's JAAS login module for this mechanism. */
        public String loginModule() {
            return loginModule;
        }
    }
}
