package io.kafkabridge.extension.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

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

    /**
     * When a publish with a message expiry interval expires, in milliseconds since 1970: its arrival and that interval. Only
     * where the mapping says so: {@link Mapping#rejectExpired}.
     */
    public static final String EXPIRES_AT = "kafka-bridge.expires-at";

    /** What the names of headers begin with that only the bridge writes. */
    private static final List<String> PREFIXES = List.of("ce_", "kafka-bridge.");

    private static final String MQTT_PREFIX = "mqtt.";
    private static final Set<String> MQTT_NAMES =
            Arrays.stream(Item.values()).map(item -> item.header(Format.MQTT)).collect(Collectors.toUnmodifiableSet());

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
        MESSAGE_EXPIRY_INTERVAL("message-expiry-interval"),
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
                return MQTT_PREFIX + element;
            }
            return switch (this) {
                case CONTENT_TYPE -> "content-type";
                case TOPIC -> "ce_subject";
                // Attributes of CloudEvents are lower-case letters and digits, and should be no more than 20.
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
    public record Extra(String name, Template value) {

        /** Whether some records may be without it. */
        public boolean mayBeMissing() {
            return value.mayBeIncomplete();
        }
    }

    public HeaderSettings {
        items = Set.copyOf(items);
        extras = List.copyOf(extras);
    }

    /**
     * Whether only the bridge may write a header of that name: whether a record has it or not, a client has no say in it. To some
     * readers upper and lower case are the same.
     */
    public static boolean isReserved(final String name, final Format format) {
        for (int i = 0; i < PREFIXES.size(); i++) {
            final String prefix = PREFIXES.get(i);
            if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                return true;
            }
        }
        if (name.regionMatches(true, 0, MQTT_PREFIX, 0, MQTT_PREFIX.length())
                && MQTT_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
            return true;
        }
        return format == Format.CLOUDEVENTS && name.equalsIgnoreCase(Item.CONTENT_TYPE.header(format));
    }
}
