package io.kafkabridge.it;

import java.nio.file.Path;
import java.util.Objects;

import io.kafkabridge.stack.Checkout;

/** What the build made. */
final class Artifacts {

    private static final Path ROOT = Checkout.root();
    private static final String VERSION = Objects.requireNonNull(System.getProperty("project.version"));

    private Artifacts() {}

    static Path bridgeZip() {
        return ROOT.resolve("extension/target/hivemq-kafka-bridge-" + VERSION + ".zip");
    }

    static Path bridgeJar() {
        return ROOT.resolve("extension/target/hivemq-kafka-bridge-" + VERSION + ".jar");
    }

    static Path authZip() {
        return ROOT.resolve("auth/target/hivemq-file-auth-" + VERSION + ".zip");
    }

    static Path authJar() {
        return ROOT.resolve("auth/target/hivemq-file-auth-" + VERSION + ".jar");
    }

    static Path publisherJar() {
        return ROOT.resolve("publisher/target/publisher.jar");
    }

    static Path consumerJar() {
        return ROOT.resolve("consumer/target/consumer.jar");
    }
}
