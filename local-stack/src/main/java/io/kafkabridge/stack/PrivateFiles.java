package io.kafkabridge.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that may hold passwords: nobody but their owner can read them. */
public final class PrivateFiles {

    private PrivateFiles() {}

    /** Creates the folder and those above; only the folder itself is closed to others. */
    static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** Writes the file, over one that exists. */
    public static void write(Path file, String content) throws IOException {
        try (OutputStream out = newOutput(file)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** An empty file to write to, instead of one that exists. */
    public static OutputStream newOutput(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.newOutputStream(file);
    }
}
