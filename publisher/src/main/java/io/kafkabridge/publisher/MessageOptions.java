package io.kafkabridge.publisher;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import org.eclipse.paho.mqttv5.common.util.MqttTopicValidator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import io.kafkabridge.common.CommandFailure;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Options that say what the messages are. */
final class MessageOptions {
    @Option(
            names = "--topic",
            descriptionKey = "PUBLISHER_TOPIC",
            defaultValue = "teste",
            paramLabel = "TOPIC",
            description = "MQTT topic, teste by default. [PUBLISHER_TOPIC]")
    private String topic = "";

    @Option(
            names = "--qos",
            descriptionKey = "PUBLISHER_QOS",
            defaultValue = "1",
            paramLabel = "0|1|2",
            converter = Converters.Qos.class,
            completionCandidates = Converters.QosCandidates.class,
            description = "Quality of service, 1 by default. [PUBLISHER_QOS]")
    private int qos;

    @Option(names = "--retain", description = "Ask the broker to keep the last message for new subscribers.")
    private boolean retain;

    @Option(
            names = "--message",
            descriptionKey = "PUBLISHER_MESSAGE",
            paramLabel = "TEXT",
            description = "Text of all messages, or - to publish the lines of the standard input and end;"
                    + " 'Minha Ponderada' and the time by default. [PUBLISHER_MESSAGE]")
    private @Nullable String message;

    @Option(
            names = "--size",
            descriptionKey = "PUBLISHER_SIZE",
            paramLabel = "BYTES",
            description = "Lengthen each message with dots to so many bytes. [PUBLISHER_SIZE]")
    private @Nullable Integer size;

    /** Throws CommandFailure when the topic is none. */
    Publication publication() {
        try {
            MqttTopicValidator.validate(topic, false, true);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.wrongSetting(
                    "'" + topic + "' is no topic name: it must not be empty nor contain + or #; check --topic", e);
        }
        return new Publication(topic, qos, retain);
    }

    /** Throws CommandFailure when the messages can't be of that size. */
    void check() {
        int least = readsInput() ? 1 : text().getBytes(UTF_8).length;
        if (size != null && (size < least || size > Padding.LARGEST)) {
            throw CommandFailure.wrongSetting(
                    "--size must be " + least + " to " + Padding.LARGEST + " for these messages, not " + size);
        }
    }

    /**
     * The messages, without end unless the standard input has one.
     *
     * @param wake called when there is a new message after there was none, and at the end
     */
    Messages messages(Runnable wake) {
        Messages texts = readsInput()
                ? Messages.lines(new BufferedReader(new InputStreamReader(System.in, UTF_8)), wake)
                : Messages.made(this::text);
        return size == null ? texts : Padding.to(size, texts);
    }

    boolean readsInput() {
        return "-".equals(message);
    }

    private String text() {
        return message == null
                ? "Minha Ponderada " + OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS)
                : message;
    }
}
