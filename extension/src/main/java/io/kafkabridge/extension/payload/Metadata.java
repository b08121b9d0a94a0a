package io.kafkabridge.extension.payload;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/** What an expression sees of a publish besides its payload. */
public interface Metadata {

    /** The MQTT topic name. */
    String topic();

    /** The MQTT client id. */
    String clientId();

    /** The user name; null when there is none. */
    @Nullable
    String username();

    /** 0, 1 or 2. */
    int qos();

    /** The retain flag. */
    boolean retain();

    /** Tells each user property, name and value, in their order. */
    void userProperties(BiConsumer<String, String> each);
}
