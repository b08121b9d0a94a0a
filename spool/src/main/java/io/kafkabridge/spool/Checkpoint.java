package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.CRC32C;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that remembers which records are consumed, and the spool's mark: {@code <offset> <mark> <CRC-32C>}. Thread-safe.
 */
final class Checkpoint {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
    private static final long NEVER = -1;
    private static final long PERIOD = Duration.ofSeconds(1).toNanos();

    /**
     * What the file says.
     *
     * @param offset all before it is consumed
     * @param mark of the batches, see {@link BatchFormat}
     */
    record Saved(long offset, long mark) {}

    private final Path folder;
    private final Path file;
    private final long mark;
    private final Disk disk;
    private volatile long saved;
    private volatile long savedAt;
    private boolean failing;

    /**
     * A checkpoint.
     *
     * @param folder where it lies; it is there when the checkpoint is saved
     * @param before what the file says now
     * @param mark what to save with each offset
     * @param disk opens the file
     */
    Checkpoint(final Path folder, final Optional<Saved> before, final long mark, final Disk disk) {
        this.folder = folder;
        this.file = file(folder);
        this.saved = before.map(Saved::offset).orElse(NEVER);
        this.mark = mark;
        this.disk = disk;
        savedAt = disk.nanoTime();
    }

    /** Reads the file; empty when it isn't there or can't be trusted. */
    static Optional<Saved> load(final Path folder, final Disk disk) {
        final Path file = file(folder);
        try {
            final String text = disk.read(file);
            final String[] parts = text.strip().split(" ", -1);
            if (parts.length == 3) {
                final Saved saved = new Saved(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
                if (text.equals(text(saved)) && saved.offset() >= 0 && saved.mark() >= 0) {
                    return Optional.of(saved);
                }
            }
            LOG.warn("The checkpoint {} is damaged. Check the disk.", file);
        } catch (final NoSuchFileException e) {
            LOG.debug("No checkpoint {}", file);
        } catch (final IOException | NumberFormatException e) {
            LOG.warn("The checkpoint {} can't be read: {}", file, e.toString());
        }
        return Optional.empty();
    }

    private static Path file(final Path folder) {
        return folder.resolve("checkpoint");
    }

    private static String text(final Saved saved) {
        final String content = saved.offset() + " " + saved.mark();
        final CRC32C crc = new CRC32C();
        crc.update(content.getBytes(StandardCharsets.UTF_8));
        return content + " %08x\n".formatted(crc.getValue());
    }

    /** The offset that is on the disk; negative when there is none. */
    long saved() {
        return saved;
    }

    /** Whether the last attempt to save is so long ago that it is time for another. */
    boolean isDue() {
        return disk.nanoTime() - savedAt >= PERIOD;
    }

    /** Saves an offset, or says that it can't be done now: once, until it can. */
    synchronized boolean trySave(final long offset) {
        try {
            save(offset);
            failing = false;
            return true;
        } catch (final IOException e) {
            if (!failing) {
                LOG.warn(
                        "The checkpoint {} can't be saved: {}. After a crash, records may come twice. Is the disk full?",
                        file,
                        e.toString());
            }
            failing = true;
            savedAt = disk.nanoTime();
            return false;
        }
    }

    /** Saves an offset; when it returns, it is on the disk. */
    synchronized void save(final long offset) throws IOException {
        final Path next = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = disk.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            SegmentWriter.writeAll(channel, StandardCharsets.UTF_8.encode(text(new Saved(offset, mark))), 0);
            channel.force(true);
        }
        disk.replace(next, file);
        disk.sync(folder);
        saved = offset;
        savedAt = disk.nanoTime();
    }
}
