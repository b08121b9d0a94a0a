package io.kafkabridge.extension.record;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The properties of an MQTT 5 publish that mean something to who receives it (MQTT 5.0, section 3.3.2.3). Null where the
 * publish has none.
 *
 * @param contentType a description of the payload, often a MIME type
 * @param responseTopic the topic for an answer
 * @param correlationData what an answer must carry; it must not change any more
 * @param payloadFormat 0 for bytes, 1 for UTF-8 text
 * @param messageExpiryInterval for how many seconds from its arrival on the message is worth delivering
 * @param userProperties in their order
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record MqttProperties(
        @Nullable String contentType,
        @Nullable String responseTopic,
        byte @Nullable [] correlationData,
        @Nullable Integer payloadFormat,
        @Nullable Long messageExpiryInterval,
        List<UserProperty> userProperties) {

    /** Of MQTT 3, and of most publishes of MQTT 5. */
    public static final MqttProperties NONE = new MqttProperties(null, null, null, null, null, List.of());

    /** The value of the first user property of that name; null when there is none. */
    @Nullable
    String userProperty(final String name) {
        for (final UserProperty property : userProperties) {
            if (property.name().equals(name)) {
                return property.value();
            }
        }
        return null;
    }

    /**
     * An MQTT user property (MQTT 5.0, section 3.3.2.3.7).
     *
     * @param name the name; a publish may have several of the same name
     * @param value the value
     */
    public record UserProperty(String name, String value) {}
}
