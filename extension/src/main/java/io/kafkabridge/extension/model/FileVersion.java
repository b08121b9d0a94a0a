package io.kafkabridge.extension.model;

import java.nio.file.Path;
import java.util.List;

import io.kafkabridge.common.Fingerprint;

/**
 * A file and the content that it had when the configuration was read. The same file with another content is another value:
 * that is how a reload notices a new certificate.
 *
 * @param path the file
 * @param fingerprint tells its content from any other
 */
public record FileVersion(Path path, String fingerprint) {

    /** The file as it is now. */
    public static FileVersion of(final Path path) {
        return new FileVersion(path, Fingerprint.of(List.of(path)));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
