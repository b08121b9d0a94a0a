package io.kafkabridge.it;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A CONNECT with a last will: of user {@code device}, with a clean start and a will of QoS 1, unless it's changed. */
final class WillConnect {

    static final String USER = "device";
    static final String PASSWORD = "a device's password";

    private static final int SESSION_EXPIRY_INTERVAL = 0x11;
    private static final int WILL_DELAY_INTERVAL = 0x18;

    private final int version;
    private final String clientId;
    private final String topic;
    private final String payload;
    private String password = PASSWORD;
    private boolean cleanStart = true;
    private int sessionExpiry;
    private int keepAlive;
    private int qos = 1;
    private boolean retain;
    private int delay;

    /**
     * A CONNECT.
     *
     * @param version 4 for MQTT 3.1.1, 5 for MQTT 5
     * @param clientId the client id
     * @param topic the will's topic; empty for no will
     * @param payload the will's payload
     */
    WillConnect(final int version, final String clientId, final String topic, final String payload) {
        this.version = version;
        this.clientId = clientId;
        this.topic = topic;
        this.payload = payload;
    }

    WillConnect password(final String other) {
        password = other;
        return this;
    }

    /** With the session that is there. */
    WillConnect continuing() {
        cleanStart = false;
        return this;
    }

    /** How long the session lives on, and the will waits, in seconds; MQTT 5 only. */
    WillConnect session(final int expirySeconds, final int delaySeconds) {
        sessionExpiry = expirySeconds;
        delay = delaySeconds;
        return this;
    }

    WillConnect keepAlive(final int seconds) {
        keepAlive = seconds;
        return this;
    }

    WillConnect qos(final int quality) {
        qos = quality;
        return this;
    }

    WillConnect retained() {
        retain = true;
        return this;
    }

    boolean isVersion5() {
        return version == 5;
    }

    /** The packet without its fixed header (MQTT 3.1.1 and 5.0, section 3.1). */
    byte[] body() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        final boolean will = !topic.isEmpty();
        out.writeUTF("MQTT");
        out.writeByte(version);
        out.writeByte(
                0b1100_0000 // User name and password.
                        | (will ? 0b100 | (qos << 3) | (retain ? 0b10_0000 : 0) : 0)
                        | (cleanStart ? 0b10 : 0));
        out.writeShort(keepAlive);
        if (isVersion5()) {
            writeProperty(out, SESSION_EXPIRY_INTERVAL, sessionExpiry);
        }
        out.writeUTF(clientId);
        if (will) {
            if (isVersion5()) {
                writeProperty(out, WILL_DELAY_INTERVAL, delay);
            }
            out.writeUTF(topic);
            final byte[] message = payload.getBytes(StandardCharsets.UTF_8);
            out.writeShort(message.length);
            out.write(message);
        }
        out.writeUTF(USER);
        out.writeUTF(password);
        return bytes.toByteArray();
    }

    private static void writeProperty(final DataOutputStream out, final int property, final int value)
            throws IOException {
        out.writeByte(5); // The length of the properties.
        out.writeByte(property);
        out.writeInt(value);
    }
}
