package io.kafkabridge.extension.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A file and the content that it had when the configuration was read. The same file with another content is another value:
 * that is how a reload notices a new certificate.
 *
 * @param path the file
 * @param fingerprint tells its content from any other
 */
public record FileVersion(Path path, String fingerprint) {

    /** The file as it is now. */
    static FileVersion of(final Path path) {
        return new FileVersion(path, Fingerprint.of(List.of(path)));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
