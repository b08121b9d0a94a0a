package io.kafkabridge.publisher;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** MQTT 5 reason codes (MQTT 5.0, section 2.4) that a broker sends to a publisher. */
final class ReasonCode {
    static final int NOT_AUTHORIZED = 0x87;
    static final int SESSION_TAKEN_OVER = 0x8E;
    static final int PACKET_IDENTIFIER_NOT_FOUND = 0x92;
    static final int PACKET_TOO_LARGE = 0x95;

    private static final int FIRST_FAILURE = 0x80;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x80, "unspecified error"),
            Map.entry(0x81, "malformed packet"),
            Map.entry(0x82, "protocol error"),
            Map.entry(0x83, "implementation specific error"),
            Map.entry(0x84, "unsupported protocol version"),
            Map.entry(0x85, "client identifier not valid"),
            Map.entry(0x86, "bad user name or password"),
            Map.entry(NOT_AUTHORIZED, "not authorized"),
            Map.entry(0x88, "server unavailable"),
            Map.entry(0x89, "server busy"),
            Map.entry(0x8A, "banned"),
            Map.entry(0x8B, "server shutting down"),
            Map.entry(0x8C, "bad authentication method"),
            Map.entry(0x8D, "keep alive timeout"),
            Map.entry(SESSION_TAKEN_OVER, "session taken over"),
            Map.entry(0x90, "topic name invalid"),
            Map.entry(0x91, "packet identifier in use"),
            Map.entry(PACKET_IDENTIFIER_NOT_FOUND, "packet identifier not found"),
            Map.entry(0x93, "receive maximum exceeded"),
            Map.entry(0x94, "topic alias invalid"),
            Map.entry(PACKET_TOO_LARGE, "packet too large"),
            Map.entry(0x96, "message rate too high"),
            Map.entry(0x97, "quota exceeded"),
            Map.entry(0x98, "administrative action"),
            Map.entry(0x99, "payload format invalid"),
            Map.entry(0x9A, "retain not supported"),
            Map.entry(0x9B, "QoS not supported"),
            Map.entry(0x9C, "use another server"),
            Map.entry(0x9D, "server moved"),
            Map.entry(0x9F, "connection rate exceeded"));

    private ReasonCode() {}

    static boolean isFailure(int code) {
        return code >= FIRST_FAILURE && code <= 0xFF;
    }

    /**
     * Finds the code with which a broker refused a message, or null when it took it. A QoS 2 message has two codes. A
     * PUBCOMP with "packet identifier not found" comes when the broker forgot a message that it had taken before.
     *
     * @param codes of the PUBACK, or of PUBREC and PUBCOMP; null for QoS 0
     */
    static @Nullable Integer refusal(int @Nullable [] codes) {
        if (codes != null) {
            for (int code : codes) {
                if (isFailure(code) && code != PACKET_IDENTIFIER_NOT_FOUND) {
                    return code;
                }
            }
        }
        return null;
    }

    /** Name and number: {@code "not authorized (0x87)"}. */
    static String describe(int code) {
        return NAMES.getOrDefault(code, "reason code") + String.format(" (0x%02X)", code);
    }
}
