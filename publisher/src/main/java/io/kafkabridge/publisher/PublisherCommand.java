package io.kafkabridge.publisher;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;

import org.eclipse.paho.mqttv5.common.util.MqttTopicValidator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.kafkabridge.cli.CommandFailure;
import io.kafkabridge.cli.CommandRunner;
import io.kafkabridge.cli.Console;
import io.kafkabridge.cli.GeneralOptions;
import io.kafkabridge.cli.ManifestVersion;
import io.kafkabridge.cli.StopSignal;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The command line of the publisher. */
@Command(
        name = "publisher",
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        description = {
            "Publishes messages to an MQTT broker until stopped, and prints those that the broker acknowledged.",
            "Settings come from flags, then from the environment, then from .env: the variable is in brackets.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 failed or a message was refused, 2 wrong flag or setting, 130 stopped with Ctrl-C."
        })
public final class PublisherCommand implements Callable<Integer> {
    @Mixin
    private BrokerOptions brokerOptions = new BrokerOptions();

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
            names = "--interval",
            descriptionKey = "PUBLISHER_INTERVAL",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description = "Time between messages, such as 500ms or 0; 2s by default, 0 with --message -."
                    + " [PUBLISHER_INTERVAL]")
    private @Nullable Duration interval;

    @Option(
            names = "--count",
            descriptionKey = "PUBLISHER_COUNT",
            paramLabel = "N",
            description = "End after so many messages, when all are acknowledged. [PUBLISHER_COUNT]")
    private @Nullable Long count;

    @Option(
            names = "--state-dir",
            descriptionKey = "PUBLISHER_STATE_DIR",
            paramLabel = "FOLDER",
            description = "Keeps unacknowledged messages; hivemq-kafka-bridge/publisher in $XDG_STATE_HOME or"
                    + " ~/.local/state by default. [PUBLISHER_STATE_DIR]")
    private @Nullable Path stateFolder;

    @Mixin
    private GeneralOptions general = new GeneralOptions();

    public static void main(String[] args) {
        CommandRunner.main(new PublisherCommand(), args);
    }

    @Override
    public Integer call() throws Exception {
        Publication publication = publication();
        Broker broker = brokerOptions.broker();
        Console console = general.console();
        Outbox outbox = Outbox.open(stateFolder(), broker, topic);
        try {
            Publisher publisher = new Publisher(broker, publication, outbox, console);
            long failed = StopSignal.during(() -> publisher.run(messages(publisher)), publisher::stop);
            return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        } finally {
            outbox.release();
        }
    }

    private Publication publication() {
        try {
            MqttTopicValidator.validate(topic, false, true);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.wrongSetting(
                    "'" + topic + "' is no topic name: it must not be empty nor contain + or #; check --topic", e);
        }
        Duration byDefault = readsInput() ? Duration.ZERO : Duration.ofSeconds(2);
        return new Publication(topic, qos, retain, interval == null ? byDefault : interval);
    }

    private Messages messages(Publisher publisher) {
        if (count != null && count < 1) {
            throw CommandFailure.wrongSetting("--count must be 1 or more, not " + count);
        }
        Messages all;
        if (readsInput()) {
            all = Messages.lines(new BufferedReader(new InputStreamReader(System.in, UTF_8)), publisher::wake);
        } else {
            String fixed = message;
            all = Messages.made(() -> fixed == null ? "Minha Ponderada " + now() : fixed);
        }
        return count == null ? all : Messages.atMost(count, all);
    }

    private boolean readsInput() {
        return "-".equals(message);
    }

    private static String now() {
        return OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private Path stateFolder() {
        if (stateFolder != null) {
            return stateFolder;
        }
        String xdg = System.getenv("XDG_STATE_HOME");
        Path states = xdg == null || xdg.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(xdg);
        return states.resolve("hivemq-kafka-bridge").resolve("publisher");
    }
}
