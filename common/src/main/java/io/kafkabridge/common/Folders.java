package io.kafkabridge.common;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes folders, and what happened in them, outlast a power loss. All methods may be called by any thread. */
public final class Folders {

    /** Windows can't open a folder; its journal keeps the order. */
    private static final boolean CAN_SYNC = !System.getProperty("os.name", "").startsWith("Windows");

    private Folders() {}

    /** Creates a folder with all its parents, durably; does nothing when it is there. */
    public static void create(final Path folder) throws IOException {
        final Path absolute = folder.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            return;
        }
        final Path parent = absolute.getParent();
        if (parent != null) {
            create(parent);
        }
        try {
            Files.createDirectory(absolute);
        } catch (final FileAlreadyExistsException e) {
            if (!Files.isDirectory(absolute)) {
                throw e;
            }
        }
        if (parent != null) {
            sync(parent);
        }
    }

    /** Makes durable which files a folder has. */
    public static void sync(final Path folder) throws IOException {
        if (CAN_SYNC) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** The nearest folder on the way to a path that is there. */
    public static Path existing(final Path folder) {
        Path existing = folder.toAbsolutePath();
        while (!Files.isDirectory(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }
}
