package io.kafkabridge.publisher;

import java.nio.file.Path;
import java.util.Objects;
import javax.net.SocketFactory;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import io.kafkabridge.common.CommandFailure;
import io.kafkabridge.common.Secret;

/** Options that say which broker, and who we are to it. */
final class BrokerOptions {
    @Option(
            names = "--broker",
            descriptionKey = "BROKER_ADDR",
            required = true,
            paramLabel = "ADDRESS",
            converter = Converters.Address.class,
            description =
                    "host or host:port for TLS, port 8883 by default; or a URI such as tcp://host:1883. [BROKER_ADDR]")
    private @Nullable BrokerAddress address;

    @Option(names = "--user", descriptionKey = "HIVE_USER", paramLabel = "NAME", description = "User. [HIVE_USER]")
    private @Nullable String user;

    @Option(
            names = "--password",
            descriptionKey = "HIVE_PSWD",
            interactive = true,
            arity = "0..1",
            paramLabel = "TEXT",
            description = "Asks for the password; as a flag's value it would be seen by all users. [HIVE_PSWD]")
    private @Nullable Secret password;

    @Option(
            names = "--ca-file",
            descriptionKey = "BROKER_CA_FILE",
            paramLabel = "FILE",
            description = "PEM file of the CAs to trust instead of the JVM's. [BROKER_CA_FILE]")
    private @Nullable Path caFile;

    @Option(
            names = "--client-id",
            descriptionKey = "PUBLISHER_CLIENT_ID",
            defaultValue = "Publisher",
            paramLabel = "ID",
            description = "MQTT client id, Publisher by default. [PUBLISHER_CLIENT_ID]")
    private String clientId = "";

    /** Throws CommandFailure when the CA file can't be read or the client id is blank. */
    Broker broker() {
        if (clientId.isBlank()) {
            throw CommandFailure.wrongSetting("The client id must not be blank; check --client-id");
        }
        BrokerAddress broker = Objects.requireNonNull(address, "a required option");
        SocketFactory sockets = broker.tls() ? TrustedCertificates.socketFactory(caFile) : SocketFactory.getDefault();
        return new Broker(broker, clientId, user, password, sockets);
    }
}
