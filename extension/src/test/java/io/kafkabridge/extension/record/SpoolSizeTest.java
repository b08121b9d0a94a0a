package io.kafkabridge.extension.record;

import java.nio.file.Path;
import java.util.Collections;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.spool.Spool;
import io.kafkabridge.spool.SpoolLimits;

import static org.assertj.core.api.Assertions.assertThat;

/** What a record takes of the spool's disk beside payload and MQTT topic: the figures that docs/operations.md sizes it with. */
class SpoolSizeTest {

    private static final int RECORDS = 1_000;
    private static final String TOPIC = "plant/7/temperature";

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} records a commit, {1} bytes: {2}")
    @CsvSource({"1, 256, 130", "20, 256, 72", "1000, 256, 72", "1000, 16, 72", "1000, 10000, 72"})
    void record_takesNoMoreThanTheDocumentationSays(final int batch, final int payload, final int overhead)
            throws Exception {
        // Given: the headers that every record has by default
        final ProducerRecord<byte[], byte[]> record = Mappings.withTopic("plant", "")
                .create(new Publishes()
                        .topic(TOPIC)
                        .client("sensor-0042", null)
                        .payload(new byte[payload])
                        .build());

        // When
        try (Spool spool = Spool.open(folder, new SpoolLimits(1L << 30, 0, 1 << 30))) {
            for (int i = 0; i < RECORDS; i += batch) {
                spool.append(Collections.nCopies(batch, new Spool.Entry("mapping01", record)));
            }

            // Then
            final long each = spool.bytes() / RECORDS - payload - TOPIC.length();
            assertThat(each).isBetween(overhead - 5L, (long) overhead);
        }
    }
}
