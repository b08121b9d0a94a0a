package io.kafkabridge.benchmark.variant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The bridge as users get it. */
public final class BridgeZip {

    private BridgeZip() {}

    /**
     * The zip that the build has made.
     *
     * @param root of the checkout
     * @throws IOException if it hasn't
     */
    public static Path built(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("extension/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("hivemq-kafka-bridge-.*\\.zip"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IOException("There is no zip of the bridge in extension/target. Build it with:"
                                    + " ./mvnw -pl extension -am package -DskipTests"));
        }
    }
}
