package io.kafkabridge.extension.tools;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import io.kafkabridge.extension.record.MqttClient;
import io.kafkabridge.extension.record.MqttProperties;
import io.kafkabridge.extension.record.MqttProperties.UserProperty;
import io.kafkabridge.extension.record.Publish;

/** A publish, as the command line describes it. */
final class PublishOptions {

    @Option(names = "--topic", required = true, paramLabel = "TOPIC", description = "The MQTT topic.")
    private String topic = "";

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            defaultValue = "client",
            description = "Default: ${DEFAULT-VALUE}.")
    private String clientId = "";

    @Option(names = "--username", paramLabel = "NAME", description = "The user name of the client. Default: none.")
    private @Nullable String username;

    @Option(
            names = "--qos",
            paramLabel = "QOS",
            defaultValue = "1",
            description = "0, 1 or 2. Default: ${DEFAULT-VALUE}.")
    private int qos;

    @Option(names = "--retain", description = "With the retain flag.")
    private boolean retain;

    @Option(names = "--payload", paramLabel = "TEXT", defaultValue = "", description = "Default: empty.")
    private String payload = "";

    @Option(
            names = "--user-property",
            paramLabel = "NAME=VALUE",
            description = "An MQTT 5 user property; may be given several times.")
    private List<String> userProperties = new ArrayList<>();

    @Option(names = "--content-type", paramLabel = "TYPE", description = "The MQTT 5 content type.")
    private @Nullable String contentType;

    @Option(names = "--response-topic", paramLabel = "TOPIC", description = "The MQTT 5 response topic.")
    private @Nullable String responseTopic;

    @Option(names = "--correlation-data", paramLabel = "TEXT", description = "The MQTT 5 correlation data.")
    private @Nullable String correlationData;

    /**
     * The publish.
     *
     * @throws IllegalArgumentException when there can't be such a one; the message says why
     */
    Publish toPublish() {
        if (qos < 0 || qos > 2) {
            throw new IllegalArgumentException("--qos takes 0, 1 or 2");
        }
        if (topic.isEmpty() || topic.matches("(?s).*[+#\0].*")) {
            throw new IllegalArgumentException("--topic takes the topic of a publish, which has no + and no #");
        }
        final List<UserProperty> properties =
                userProperties.stream().map(PublishOptions::property).toList();
        return new Publish(
                topic,
                payload.getBytes(StandardCharsets.UTF_8),
                qos,
                retain,
                false,
                qos == 0 ? 0 : 1,
                new MqttClient(clientId, username),
                new MqttProperties(
                        contentType,
                        responseTopic,
                        correlationData == null ? null : correlationData.getBytes(StandardCharsets.UTF_8),
                        null,
                        null,
                        properties));
    }

    private static UserProperty property(final String text) {
        final int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("--user-property takes NAME=VALUE");
        }
        return new UserProperty(text.substring(0, equals), text.substring(equals + 1));
    }
}
