package io.kafkabridge.consumer;

/** Writes the value of Kafka's {@code sasl.jaas.config}. */
final class Jaas {
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";

    private Jaas() {}

    /**
     * Writes the login of a user.
     *
     * @param mechanism PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512
     */
    static String login(String mechanism, String user, String password) {
        String module = mechanism.startsWith("SCRAM-") ? SCRAM : PLAIN;
        return module + " required username=" + quoted(user) + " password=" + quoted(password) + ";";
    }

    /** Kafka reads the text with a StreamTokenizer, in which a backslash escapes as in C. */
    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }
}
