package io.kafkabridge.extension.bridge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Fingerprint;
import io.kafkabridge.common.Folders;
import io.kafkabridge.extension.config.ConfigCopy;
import io.kafkabridge.extension.config.ConfigException;

/**
 * A copy of the configuration that was last in force, in the bridge's data folder, for a start at which the file has mistakes.
 * Secrets aren't in it: it has the file's placeholders, and there is none of a file that has a secret itself. For one thread.
 */
final class KeptConfig {

    /** Its name in the data folder. */
    static final String NAME = "config-in-force.xml";

    private static final Logger LOG = LoggerFactory.getLogger(KeptConfig.class);

    private final Path data;
    private final Path file;

    KeptConfig(final Path data) {
        this.data = data;
        file = data.resolve(NAME);
    }

    /** Where it is, or would be. */
    Path file() {
        return file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /**
     * Keeps the configuration that has just come into force, in place of an earlier one; or none. A disk that doesn't take it is
     * told.
     *
     * @param config the configuration file
     * @param reading what was read from it
     */
    void keep(final Path config, final ConfigReading reading) {
        try {
            final Optional<byte[]> copy = ConfigCopy.of(config);
            if (!Fingerprint.of(reading.files()).equals(reading.fingerprint())) {
                return; // It is being written, and will be read again.
            }
            if (copy.isEmpty()) {
                if (Files.deleteIfExists(file)) {
                    Folders.sync(data);
                }
                LOG.info(
                        "No copy of the configuration is kept for a start at which {} can't be used, since a secret is written out in"
                                + " it; with ${ENV:...} or ${FILE:...} instead, one is.",
                        config);
            } else if (!exists() || !Arrays.equals(Files.readAllBytes(file), copy.get())) {
                write(copy.get());
            }
        } catch (final IOException | ConfigException e) {
            LOG.warn(
                    "The configuration in force can't be kept in {}: {}. If {} can't be used at a later start, the bridge may go by an"
                            + " older one, or be closed.",
                    file,
                    e,
                    config);
        }
    }

    /** All or nothing, whatever fails. */
    private void write(final byte[] text) throws IOException {
        Folders.create(data);
        final Path half = file.resolveSibling(NAME + ".new");
        try (FileChannel channel = FileChannel.open(
                half, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            final ByteBuffer bytes = ByteBuffer.wrap(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Folders.sync(data);
    }
}
