package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.HeaderSettings;
import io.kafkabridge.extension.model.HeaderSettings.Extra;
import io.kafkabridge.extension.model.HeaderSettings.Format;
import io.kafkabridge.extension.model.HeaderSettings.Item;
import io.kafkabridge.extension.record.MqttProperties.UserProperty;

/**
 * What MQTT says about a publish, as headers. User properties come first, under their own names and in their order, without those
 * that would pass for a header of ours or of the operator's. Thread-safe.
 */
final class MetadataHeaders {

    private static final String EVENT_TYPE = "application/cloudevents";

    private final Format format;
    private final String[] ofTheOperator;
    private final boolean events;
    private final boolean userProperties;
    private final @Nullable String contentType;
    private final @Nullable String responseTopic;
    private final @Nullable String correlationData;
    private final @Nullable String topic;
    private final @Nullable String clientId;
    private final @Nullable String username;
    private final @Nullable String packetId;
    private final @Nullable String messageExpiry;

    // The same for all publishes, by their number.
    private final Header @Nullable [] payloadFormats;
    private final Header @Nullable [] qos;
    private final @Nullable Header retain;
    private final @Nullable Header dup;
    private final @Nullable Header will;

    /**
     * Headers in a format.
     *
     * @param items which ones
     * @param extras the operator's own, which others write: a user property must not pass for one of them either
     */
    MetadataHeaders(final Format format, final Set<Item> items, final List<Extra> extras) {
        this.format = format;
        ofTheOperator =
                extras.stream().filter(Extra::mayBeMissing).map(Extra::name).toArray(String[]::new);
        final Names names = new Names(format, items);
        events = format == Format.CLOUDEVENTS;
        userProperties = items.contains(Item.USER_PROPERTIES);
        contentType = names.of(Item.CONTENT_TYPE);
        responseTopic = names.of(Item.RESPONSE_TOPIC);
        correlationData = names.of(Item.CORRELATION_DATA);
        topic = names.of(Item.TOPIC);
        clientId = names.of(Item.CLIENT_ID);
        username = names.of(Item.USERNAME);
        packetId = names.of(Item.PACKET_ID);
        messageExpiry = names.of(Item.MESSAGE_EXPIRY_INTERVAL);
        payloadFormats = names.numbers(Item.PAYLOAD_FORMAT, 2);
        qos = names.numbers(Item.QOS, 3);
        retain = names.flag(Item.RETAIN);
        dup = names.flag(Item.DUP);
        will = names.flag(Item.WILL);
    }

    private record Names(Format format, Set<Item> items) {

        @Nullable
        String of(final Item item) {
            return items.contains(item) ? item.header(format) : null;
        }

        @Nullable
        Header flag(final Item item) {
            final String name = of(item);
            return name == null ? null : new RecordHeader(name, text("true"));
        }

        Header @Nullable [] numbers(final Item item, final int count) {
            final String name = of(item);
            if (name == null) {
                return null;
            }
            final Header[] headers = new Header[count];
            for (int i = 0; i < count; i++) {
                headers[i] = new RecordHeader(name, text(Integer.toString(i)));
            }
            return headers;
        }
    }

    /** Adds the headers of a publish. */
    void write(final Publish publish, final Headers headers) {
        writeProperties(publish.properties(), headers);
        add(headers, topic, topic == null ? null : text(publish.topic()));
        if (clientId != null) {
            headers.add(publish.client().idHeader(clientId));
        }
        add(headers, username, publish.client().usernameBytes());
        if (packetId != null && publish.packetId() != 0) {
            headers.add(new RecordHeader(packetId, text(Integer.toString(publish.packetId()))));
        }
        if (qos != null) {
            headers.add(qos[publish.qos()]);
        }
        if (retain != null && publish.retain()) {
            headers.add(retain);
        }
        if (dup != null && publish.dup()) {
            headers.add(dup);
        }
        if (will != null && publish.will()) {
            headers.add(will);
        }
    }

    private void writeProperties(final MqttProperties properties, final Headers headers) {
        if (userProperties) {
            for (final UserProperty property : properties.userProperties()) {
                if (!isReserved(property.name())) {
                    headers.add(new RecordHeader(property.name(), text(property.value())));
                }
            }
        }
        final String type = properties.contentType();
        // To whoever reads CloudEvents, this one would say that the event is in the payload and the headers aren't its
        // own.
        if (type != null && !(events && type.regionMatches(true, 0, EVENT_TYPE, 0, EVENT_TYPE.length()))) {
            add(headers, contentType, text(type));
        }
        final String response = properties.responseTopic();
        if (response != null) {
            add(headers, responseTopic, text(response));
        }
        final byte[] data = properties.correlationData();
        add(
                headers,
                correlationData,
                data == null || !events ? data : Base64.getEncoder().encode(data));
        final Integer payloadFormat = properties.payloadFormat();
        if (payloadFormats != null && payloadFormat != null) {
            headers.add(payloadFormats[payloadFormat]);
        }
        final Long seconds = properties.messageExpiryInterval();
        add(headers, messageExpiry, seconds == null ? null : text(Long.toString(seconds)));
    }

    /** Whether a user property would pass for a header of the bridge's, or for one of the operator's that may be missing. */
    private boolean isReserved(final String name) {
        for (final String reserved : ofTheOperator) {
            if (name.equalsIgnoreCase(reserved)) {
                return true;
            }
        }
        return HeaderSettings.isReserved(name, format);
    }

    private static void add(final Headers headers, final @Nullable String name, final byte @Nullable [] value) {
        if (name != null && value != null) {
            headers.add(new RecordHeader(name, value));
        }
    }

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
