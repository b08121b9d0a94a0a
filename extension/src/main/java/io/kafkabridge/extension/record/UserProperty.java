package io.kafkabridge.extension.record;

/**
 * An MQTT user property (MQTT 5.0, section 3.3.2.3.7).
 *
 * @param name the name; a publish may have several of the same name
 * @param value the value
 */
public record UserProperty(String name, String value) {}
