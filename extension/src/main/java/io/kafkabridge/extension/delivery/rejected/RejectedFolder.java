package io.kafkabridge.extension.delivery.rejected;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rejected records of one cluster: a file of JSON lines a day. Bounded: when the folder is full, nothing more is taken.
 *
 * <p>The bridge adds while an operator's command takes files over to send them again, in another process: a file is written
 * under a lock, and only while it has its name.
 */
public final class RejectedFolder implements Rejections.Store {

    /** What an operator's command has taken over; what it couldn't deliver stays in it, or goes back. */
    private static final String TAKEN = ".taken";

    private static final String LINES = ".jsonl";

    private final Path folder;
    private final long maxBytes;

    /**
     * The store of a cluster.
     *
     * @param data the bridge's folder in HiveMQ's data folder
     * @param cluster the cluster's id
     * @param maxBytes the size that all files together may reach
     */
    public RejectedFolder(final Path data, final String cluster, final long maxBytes) {
        this.folder = data.resolve("rejected").resolve(cluster);
        this.maxBytes = maxBytes;
    }

    /** Where the files lie; made when it is needed. */
    @Override
    public Path path() {
        return folder;
    }

    /**
     * Keeps records; when it returns, they are on the disk.
     *
     * @throws IOException when the folder is full or can't be written; then none of them counts as kept
     */
    @Override
    public void keep(final List<RejectedRecord> rejected) throws IOException {
        Files.createDirectories(folder);
        if (size() >= maxBytes) {
            throw new IOException(folder + " is full: it holds " + (maxBytes >> 20) + " MiB");
        }
        final Path file = folder.resolve(Instant.now().toString().substring(0, 10) + LINES);
        boolean kept = false;
        while (!kept) {
            kept = append(file, rejected);
        }
    }

    private static boolean append(final Path file, final List<RejectedRecord> rejected) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            final Optional<Object> opened = key(file);
            channel.lock(); // Until the channel is closed.
            if (opened.isEmpty() || !key(file).equals(opened)) {
                return false; // Taken over since it was opened.
            }
            final long start = channel.size();
            try {
                final OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
                for (final RejectedRecord each : rejected) {
                    RejectedFormat.write(out, each);
                }
                out.flush();
                channel.force(true);
            } catch (final IOException e) {
                channel.truncate(start);
                throw e;
            }
            return true;
        }
    }

    /** Which file the name stands for now; empty when for none. */
    private static Optional<Object> key(final Path file) throws IOException {
        try {
            final Object key =
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return Optional.of(key == null ? file : key);
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private long size() throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : (Iterable<Path>) files::iterator) {
                size += sizeOf(file);
            }
        }
        return size;
    }

    private static long sizeOf(final Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (final NoSuchFileException e) {
            return 0; // An operator's command has done with it.
        }
    }

    /** The files with records, the oldest first. */
    public List<Path> files() throws IOException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(LINES) || file.toString().endsWith(TAKEN))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Takes a file over: from now on the bridge doesn't write to it.
     *
     * @return its new name; itself when it was taken over already
     */
    public static Path takeOver(final Path file) throws IOException {
        if (file.toString().endsWith(TAKEN)) {
            return file;
        }
        Path taken = file.resolveSibling(file.getFileName() + TAKEN);
        for (int i = 1; Files.exists(taken); i++) {
            taken = file.resolveSibling(file.getFileName() + "." + i + TAKEN);
        }
        Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(taken, StandardOpenOption.WRITE)) {
            channel.lock().release(); // Whoever was writing has written.
        }
        return taken;
    }

    /** The clusters that have rejected records. */
    public static List<String> clusters(final Path data) throws IOException {
        final Path rejected = data.resolve("rejected");
        if (Files.notExists(rejected)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(rejected)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
