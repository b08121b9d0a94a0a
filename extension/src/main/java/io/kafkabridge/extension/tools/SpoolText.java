package io.kafkabridge.extension.tools;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.model.KafkaCluster.SpoolSettings;
import io.kafkabridge.spool.SpoolInspection;

/** A spool in words. */
final class SpoolText {

    /** Kafka takes records when it took some so lately; the bridge notes it once a second. */
    private static final Duration LATELY = Duration.ofSeconds(5);

    /** Nearly full: less than so much of the spool is left. */
    private static final int NEARLY = 10;

    private final SpoolInspection spool;
    private final Optional<SpoolSettings> limits;
    private final long free;
    private final Instant now = Instant.now();

    SpoolText(final SpoolInspection spool, final Path folder, final Optional<SpoolSettings> limits) {
        this.spool = spool;
        this.limits = limits;
        this.free = existing(folder).toFile().getUsableSpace();
    }

    /** The figures, a line for each. */
    List<String> figures() {
        final List<String> lines = new ArrayList<>();
        lines.add("records: " + Wording.number(spool.records())
                + (spool.segments() == 0
                        ? ""
                        : " (" + Wording.bytes(spool.bytes()) + " in " + Wording.count(spool.segments(), "file")
                                + ")"));
        spool.oldest().ifPresent(time -> lines.add("oldest record: " + ago(time)));
        spool.newest().ifPresent(time -> lines.add("newest record: " + ago(time)));
        spool.written().ifPresent(time -> lines.add("last written: " + ago(time)));
        spool.consumed()
                .ifPresent(time -> lines.add("Kafka last took records from it: " + ago(time)
                        + (spool.records() > 0 && isLately(time) ? "; it is being sent" : "")));
        lines.add("room: " + room());
        return lines;
    }

    private boolean isLately(final Instant time) {
        return Duration.between(time, now).compareTo(LATELY) <= 0;
    }

    private String room() {
        final String disk = Wording.bytes(free) + " of the disk are free";
        return limits.map(each -> Wording.bytes(Math.max(0, room(each))) + " (<max-size> "
                        + Wording.bytes(each.maxSize()) + "; " + disk + ", of which <min-free> "
                        + Wording.bytes(each.minFree()) + " stays free)")
                .orElse(disk + "; --config tells the limits");
    }

    private long room(final SpoolSettings settings) {
        return Math.min(settings.maxSize() - spool.bytes(), free - settings.minFree());
    }

    /** What wants a look, and what to do. */
    List<String> attention(final boolean isUnknown) {
        final List<String> lines = new ArrayList<>();
        spool.damage()
                .forEach(each -> lines.add(each.segment().map(Path::toString).orElse("A file is gone") + ": "
                        + Wording.count(each.records(), "record") + " from offset " + each.first()
                        + " on can't be read. The others are delivered. Check the disk."));
        if (spool.setAside() > 0) {
            lines.add(
                    Wording.count(spool.setAside(), "damaged file") + " in " + spool.corruptFolder()
                            + ": what could be read of them is in Kafka. Keep them if you want to look for the rest, or delete them.");
        }
        if (isUnknown && spool.records() > 0) {
            lines.add(
                    "No cluster of the configuration has this id, so nobody sends these records. Configure one with it, or"
                            + " delete the folder.");
        }
        limits.ifPresent(settings -> {
            final long room = room(settings);
            if (room <= 0) {
                lines.add(
                        "Full: clients with QoS 1 and 2 are disconnected. Bring Kafka back, raise <max-size> or free the disk.");
            } else if (room < settings.maxSize() / NEARLY) {
                lines.add("Nearly full. Bring Kafka back, raise <max-size> or free the disk.");
            }
        });
        return lines;
    }

    private String ago(final Instant time) {
        final Duration age = Duration.between(time, now);
        return time.truncatedTo(ChronoUnit.SECONDS) + (age.isNegative() ? "" : " (" + Wording.time(age) + " ago)");
    }

    private static Path existing(final Path path) {
        Path found = path.toAbsolutePath();
        while (Files.notExists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }
}
