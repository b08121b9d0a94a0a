package io.kafkabridge.extension.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** Tells whether files say the same as before. */
public final class Fingerprint {

    private Fingerprint() {}

    /** A SHA-256 over the contents of files, in the order of their paths; one that can't be read counts as such. */
    public static String of(final Collection<Path> files) {
        final MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
        files.stream().sorted().forEach(file -> {
            digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
            try {
                final byte[] content = Files.readAllBytes(file);
                digest.update(Long.toString(content.length).getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            } catch (final IOException e) {
                digest.update((byte) -1);
            }
        });
        return HexFormat.of().formatHex(digest.digest());
    }
}
