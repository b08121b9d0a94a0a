package io.kafkabridge.extension.config;

/**
 * How the bridge proves who it is to a Kafka cluster: SASL with a user name and a password.
 *
 * @param mechanism the SASL mechanism
 * @param username the user name, not empty
 * @param password the password, not empty
 */
public record Authentication(Mechanism mechanism, String username, Secret password) {

    /** SASL mechanisms, by the element that chooses them. */
    public enum Mechanism {
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
