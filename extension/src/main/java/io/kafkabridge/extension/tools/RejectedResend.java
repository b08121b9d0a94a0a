package io.kafkabridge.extension.tools;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.rejected.RejectedFolder;
import io.kafkabridge.extension.delivery.rejected.RejectedLine;
import io.kafkabridge.extension.delivery.rejected.RejectedLines;
import io.kafkabridge.extension.delivery.rejected.RejectedRecord;
import io.kafkabridge.extension.kafka.Resend;

/**
 * Sends the records of files again, and leaves in each what Kafka didn't take. Killed in between, it loses nothing: the next
 * time, what was sent may be sent once more.
 */
final class RejectedResend {

    private static final int BATCH = 500;

    /** What is sent at a time lies in the memory. */
    private static final long BATCH_BYTES = 1 << 24;

    private final RejectedSelection selection;
    private final Resend resend;
    private final @Nullable String toTopic;
    private final boolean asIs;

    /** Kafka topics that weren't there: to ask again for each record would take long. */
    private final Map<String, CompletableFuture<Void>> missing = new HashMap<>();

    private int sent;
    private int refused;
    private int unfit;
    private @Nullable Throwable lastRefusal;
    private @Nullable Throwable outage;

    private record Attempt(RejectedLine line, @Nullable CompletableFuture<Void> result) {}

    /**
     * Makes it.
     *
     * @param selection which records
     * @param toTopic the Kafka topic; null: each record's own
     * @param asIs whether publishes that no mapping could make fit are sent as well
     */
    RejectedResend(
            final RejectedSelection selection,
            final Resend resend,
            final @Nullable String toTopic,
            final boolean asIs) {
        this.asIs = asIs;
        this.selection = selection;
        this.resend = resend;
        this.toTopic = toTopic;
    }

    /** Sends those of one file, unless the cluster has turned out to be away. */
    void send(final Path file) throws IOException, InterruptedException {
        if (outage != null) {
            return;
        }
        final Path taken = RejectedFolder.takeOver(file);
        final Path rest = taken.resolveSibling(taken.getFileName() + ".tmp");
        try (RejectedLines lines = RejectedLines.open(taken);
                OutputStream out = Files.newOutputStream(rest)) {
            RejectedLine line = lines.next();
            while (line != null) {
                final List<Attempt> batch = new ArrayList<>();
                long bytes = 0;
                while (line != null && batch.size() < BATCH && bytes < BATCH_BYTES) {
                    batch.add(new Attempt(line, outage == null ? attempt(line) : null));
                    bytes += line.size();
                    line = lines.next();
                }
                for (final Attempt attempt : batch) {
                    if (!hasArrived(attempt)) {
                        attempt.line().content().transferTo(out);
                        out.write('\n');
                    }
                }
            }
        }
        if (Files.size(rest) == 0) {
            Files.delete(taken);
            Files.delete(rest);
        } else {
            try (FileChannel channel = FileChannel.open(rest, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(rest, taken, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Null: the line stays, without an attempt. */
    private @Nullable CompletableFuture<Void> attempt(final RejectedLine line) {
        final RejectedRecord rejected;
        try {
            final RejectedRecord head = line.readWithoutValue();
            if (!selection.includes(head)) {
                return null;
            }
            if (head.isUnfit() && !asIs) {
                unfit++;
                return null;
            }
            rejected = line.read();
        } catch (final IOException e) {
            return null;
        }
        final ProducerRecord<byte[], byte[]> own = rejected.record();
        final ProducerRecord<byte[], byte[]> record = toTopic == null
                ? own
                : new ProducerRecord<>(toTopic, null, own.timestamp(), own.key(), own.value(), own.headers());
        final CompletableFuture<Void> known = missing.get(record.topic());
        if (known != null) {
            return known;
        }
        final CompletableFuture<Void> result = resend.send(record);
        // At once after having waited for the topic: whatever comes next would wait as long.
        final Throwable atOnce = result.handle((ignored, error) -> error).getNow(null);
        if (atOnce != null && Resend.concernsTopic(atOnce)) {
            missing.put(record.topic(), result);
        } else if (atOnce != null && !Resend.concernsRecord(atOnce)) {
            outage = atOnce;
        }
        return result;
    }

    private boolean hasArrived(final Attempt attempt) throws InterruptedException {
        if (attempt.result() == null) {
            return false;
        }
        try {
            attempt.result().get();
            sent++;
            return true;
        } catch (final ExecutionException e) {
            final Throwable cause = e.getCause() == null ? e : e.getCause();
            if (Resend.concernsRecord(cause)) {
                refused++;
                lastRefusal = cause;
            } else {
                outage = cause;
            }
            return false;
        }
    }

    int sent() {
        return sent;
    }

    int refused() {
        return refused;
    }

    /** How many stay where they are because no mapping could make them fit. */
    int unfit() {
        return unfit;
    }

    @Nullable
    Throwable lastRefusal() {
        return lastRefusal;
    }

    /** Why the cluster takes nothing at all; null: it does. */
    @Nullable
    Throwable outage() {
        return outage;
    }
}
