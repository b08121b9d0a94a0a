package io.kafkabridge.common;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** Tells whether files say the same as before. */
public final class Fingerprint {

    private Fingerprint() {}

    /**
     * A SHA-256 over the contents of files, in the order of their paths. One that can't be read, or isn't a file (a pipe has no
     * end), counts as such.
     */
    public static String of(final Collection<Path> files) {
        final MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
        files.stream().sorted().forEach(file -> {
            digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
            add(file, digest);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(final Path file, final MessageDigest digest) {
        long size = -1;
        if (Files.isRegularFile(file)) {
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                size = in.transferTo(OutputStream.nullOutputStream());
            } catch (final IOException e) {
                size = -1;
            }
        }
        // Where the content ends: the next file's begins there.
        digest.update(Long.toString(size).getBytes(StandardCharsets.UTF_8));
    }
}
