package io.kafkabridge.extension.model;

import java.util.List;
import java.util.Set;

/**
 * The headers of a mapping's records.
 *
 * @param format under which names MQTT's metadata stands in them
 * @param items which of it
 * @param source the CloudEvents attribute {@code source}, a URI reference; values that it takes from a publish are
 *     percent-encoded
 * @param type the CloudEvents attribute {@code type}
 * @param extras further headers, which come last
 */
public record HeaderSettings(Format format, Set<Item> items, Template source, Template type, List<Extra> extras) {

    /** Where events come from, unless the operator says something else: the MQTT client. */
    public static final String DEFAULT_SOURCE = "/mqtt/{client-id}";

    /** What kind of event it is, unless the operator says something else. */
    public static final String DEFAULT_TYPE = "io.kafkabridge.mqtt.publish";

    /** Sets of names. */
    public enum Format {
        /** {@code mqtt.topic} and so on. */
        MQTT,
        /** CloudEvents 1.0, Kafka protocol binding, binary content mode. */
        CLOUDEVENTS,
        /** No metadata at all. */
        NONE
    }

    /** What a header may tell about a publish. */
    public enum Item {
        USER_PROPERTIES("user-properties"),
        CONTENT_TYPE("content-type"),
        RESPONSE_TOPIC("response-topic"),
        CORRELATION_DATA("correlation-data"),
        PAYLOAD_FORMAT("payload-format"),
        TOPIC("topic"),
        QOS("qos"),
        RETAIN("retain"),
        DUP("dup"),
        CLIENT_ID("client-id"),
        USERNAME("username"),
        PACKET_ID("packet-id"),
        WILL("will");

        private final String element;

        Item(final String element) {
            this.element = element;
        }

        /** The element that switches it. */
        public String element() {
            return element;
        }

        /** The header's name in a format; empty where it isn't one header. */
        public String header(final Format format) {
            if (this == USER_PROPERTIES || format == Format.NONE) {
                return "";
            }
            if (format == Format.MQTT) {
                return "mqtt." + element;
            }
            return switch (this) {
                case CONTENT_TYPE -> "content-type";
                case TOPIC -> "ce_subject";
                // Attributes of CloudEvents are lower-case letters and digits, 20 at most.
                default -> "ce_mqtt" + element.replace("-", "");
            };
        }
    }

    /**
     * A header of the operator's own.
     *
     * @param name the header's name
     * @param value its value; the header is left out when something in it is missing
     */
    public record Extra(String name, Template value) {}

    public HeaderSettings {
        items = Set.copyOf(items);
        extras = List.copyOf(extras);
    }
}
