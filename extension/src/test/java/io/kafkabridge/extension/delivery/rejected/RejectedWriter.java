package io.kafkabridge.extension.delivery.rejected;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Keeps records as the bridge does, in a process of its own: locks of files are between processes. */
final class RejectedWriter {

    private RejectedWriter() {}

    public static void main(final String[] args) throws IOException {
        final RejectedFolder folder = new RejectedFolder(Path.of(args[0]), "c1", 1 << 30);
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            folder.keep(List.of(new RejectedRecord(
                    Instant.now(), "why", new ProducerRecord<>("t", ("value " + i).getBytes(UTF_8)))));
        }
    }
}
