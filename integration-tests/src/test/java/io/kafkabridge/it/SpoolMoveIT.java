package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A broker's machine is gone for good, its disk is not: another broker sends what was in the spool. */
class SpoolMoveIT {

    private static final int MESSAGES = 200;

    @Test
    void spoolCopiedToAnotherBroker_isSentFromThere(@TempDir final Path folder) throws Exception {
        try (LoadedBridge first = new LoadedBridge(folder.resolve("first"), Kafka.builder());
                LoadedBridge second = new LoadedBridge(folder.resolve("second"), first.kafka())) {
            // Given: acknowledged from the spool, then the broker dies
            first.startHiveMq("");
            first.kafka().kill();
            try (SessionClient client = new SessionClient("c", 5, first.hivemq().mqttPort())) {
                for (int i = 0; i < MESSAGES; i++) {
                    client.publish("load/1", 1, text(i)).get();
                }
                first.hivemq().kill();
            }

            // When
            Files.createDirectories(second.data("spool/cluster01"));
            for (final Path file : first.files("spool/cluster01")) {
                Files.copy(file, second.data("spool/cluster01").resolve(file.getFileName()));
            }
            first.kafka().start();
            second.startHiveMq("");

            // Then
            final List<String> expected = IntStream.range(0, MESSAGES)
                    .mapToObj(i -> new String(text(i), StandardCharsets.UTF_8))
                    .toList();
            await().atMost(LoadedBridge.LIMIT)
                    .until(() -> Topics.values(first.kafka(), "load").size() >= MESSAGES);
            assertThat(Topics.values(first.kafka(), "load")).isEqualTo(expected);
            second.hivemq().awaitLog("of an earlier run; they go first", LoadedBridge.LIMIT);
        }
    }

    private static byte[] text(final int number) {
        return Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    }
}
