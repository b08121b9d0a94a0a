package io.kafkabridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A small disk: a file system in memory, mounted over a folder. */
final class Tmpfs implements AutoCloseable {

    private final Path folder;

    private Tmpfs(final Path folder) {
        this.folder = folder;
    }

    /** Mounts it; the test is skipped where that isn't permitted, which is everywhere but for root on Linux. */
    static Tmpfs mount(final Path folder, final int mebibytes) throws IOException {
        Files.createDirectories(folder);
        final String refusal = run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
        assumeTrue(refusal.isEmpty(), () -> "This test needs to mount a small file system: " + refusal);
        return new Tmpfs(folder);
    }

    /** Bytes. */
    long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Unmounts it, now or when the last file in it is closed. What it holds is gone. */
    @Override
    public void close() throws IOException {
        final String refusal = run("umount", "--lazy", folder.toString());
        if (!refusal.isEmpty()) {
            throw new IOException(refusal);
        }
    }

    /** Empty, or why it didn't work. */
    private static String run(final String... command) throws IOException {
        final Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (final IOException noSuchCommand) {
            return noSuchCommand.toString();
        }
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        final int exitCode = process.onExit().join().exitValue();
        return exitCode == 0 ? "" : "exit code " + exitCode + ": " + output.strip();
    }
}
