package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.kafkabridge.common.Folders;

/**
 * All that a spool does with the disk. What a method does to a folder outlasts a power loss after {@link #sync}, what a channel
 * does to a file after its {@code force}. Thread-safe. A seam: a test puts a disk in its place that loses power.
 */
public interface Disk {

    /** The machine's own. */
    Disk REAL = new Disk() {};

    /** Opens a file; only reads and writes at a position, {@code truncate}, {@code force} and {@code close} are used. */
    default FileChannel open(final Path path, final OpenOption... options) throws IOException {
        return FileChannel.open(path, options);
    }

    /** The files in a folder; none when it isn't there. */
    default List<Path> files(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (final NoSuchFileException e) {
            return List.of();
        }
    }

    /** The bytes of a file. */
    default long size(final Path file) throws IOException {
        return Files.size(file);
    }

    /** A small file's text. Fails with a {@link NoSuchFileException} when it isn't there. */
    default String read(final Path file) throws IOException {
        return Files.readString(file);
    }

    /** How long ago a file was made, by the disk's clock. */
    default Duration age(final Path file) throws IOException {
        final Instant made = Files.readAttributes(file, BasicFileAttributes.class)
                .creationTime()
                .toInstant();
        return Duration.between(made, Instant.now());
    }

    /** Deletes a file, if it is there. */
    default void delete(final Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Moves a file; one that is there is replaced, at once or not at all. */
    default void replace(final Path file, final Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Moves a file to where there is none.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is one
     */
    default void move(final Path file, final Path target) throws IOException {
        Files.move(file, target);
    }

    /** Makes a folder with its parents, durably; does nothing when it is there. */
    default void createFolder(final Path folder) throws IOException {
        Folders.create(folder);
    }

    /** Makes durable which files a folder has. */
    default void sync(final Path folder) throws IOException {
        Folders.sync(folder);
    }

    /** The time, as {@link System#nanoTime}. */
    default long nanoTime() {
        return System.nanoTime();
    }

    /** Bytes that are free for a folder, or for what will be there. */
    default long usable(final Path folder) {
        // Of File, not of FileStore: that would read the list of mounts each time.
        return Folders.existing(folder).toFile().getUsableSpace();
    }
}
