package io.kafkabridge.extension.delivery.rejected;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

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

    /** Whose files only one writes to at a time. */
    private static final Map<Path, Object> WRITERS = new ConcurrentHashMap<>();

    private final Path data;
    private final Path folder;
    private final long maxBytes;
    private final RejectedFile.Disk disk;
    private boolean made;

    /** The file whose name is durable, so that what is kept in it is. */
    private Optional<Object> synced = Optional.empty();

    /**
     * The store of a cluster.
     *
     * @param data the bridge's folder in HiveMQ's data folder
     * @param cluster the cluster's id
     * @param maxBytes the size that all files together may reach; only what comes into an empty folder may be larger
     */
    public RejectedFolder(final Path data, final String cluster, final long maxBytes) {
        this(data, cluster, maxBytes, RejectedFile.Disk.REAL);
    }

    RejectedFolder(final Path data, final String cluster, final long maxBytes, final RejectedFile.Disk disk) {
        this.data = data.toAbsolutePath();
        this.folder = this.data.resolve("rejected").resolve(cluster);
        this.maxBytes = maxBytes;
        this.disk = disk;
    }

    /** Where the files lie; made when it is needed. */
    @Override
    public Path path() {
        return folder;
    }

    /**
     * Keeps records, all or none; when it returns, they are on the disk. Any thread.
     *
     * @throws IOException when the folder is full or can't be written; then none of them counts as kept
     */
    @Override
    public void keep(final List<RejectedRecord> rejected) throws IOException {
        // Within a JVM a file's lock is an error instead of a wait: during a reload a cluster has two deliveries.
        synchronized (WRITERS.computeIfAbsent(folder, ignored -> new Object())) {
            makeFolder();
            final long used = size();
            if (used >= maxBytes) {
                throw full(null);
            }
            // What is larger than all that is allowed could never be kept otherwise, and its client would try for ever.
            final long room = used == 0 ? Long.MAX_VALUE : maxBytes - used;
            final Path file = folder.resolve(Instant.now().toString().substring(0, 10) + LINES);
            boolean kept = false;
            while (!kept) {
                kept = append(file, rejected, room);
            }
        }
    }

    /** Makes the folder, and durable that it is there; a predecessor may have been killed in between. */
    private void makeFolder() throws IOException {
        if (made && Files.isDirectory(folder)) {
            return;
        }
        disk.makeFolder(folder);
        for (Path child = folder; child != null && child.startsWith(data); child = child.getParent()) {
            final Path parent = child.getParent();
            if (parent != null) {
                disk.sync(parent);
            }
        }
        made = true;
    }

    private boolean append(final Path name, final List<RejectedRecord> rejected, final long room) throws IOException {
        try (RejectedFile file = new RejectedFile(disk, name)) {
            if (file.isTakenOver()) {
                return false;
            }
            if (!file.key().equals(synced)) {
                disk.sync(folder);
                synced = file.key();
            }
            file.append(rejected, room);
            return true;
        } catch (final RejectedFile.NoRoomException e) {
            throw full(e);
        }
    }

    private IOException full(final @Nullable Exception cause) {
        return new IOException(folder + " is full: <max-rejected> lets it hold " + (maxBytes >> 20) + " MiB", cause);
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
