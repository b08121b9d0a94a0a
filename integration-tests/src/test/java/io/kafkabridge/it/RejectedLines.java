package io.kafkabridge.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.kafkabridge.stack.HiveMq;

/** What the bridge keeps of records that Kafka will never take: a line of JSON each. */
final class RejectedLines {

    private RejectedLines() {}

    /** Those of a cluster, in order. */
    static List<String> of(final HiveMq hivemq, final String cluster) {
        final Path folder =
                hivemq.home().resolve("data/hivemq-kafka-bridge/rejected").resolve(cluster);
        if (Files.notExists(folder)) {
            return List.of();
        }
        final List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
