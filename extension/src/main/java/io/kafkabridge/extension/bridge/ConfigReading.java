package io.kafkabridge.extension.bridge;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.Fingerprint;
import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.model.BridgeConfig;

/**
 * What reading a configuration came to, and what its files said meanwhile. Immutable.
 *
 * @param config the configuration; null when it has mistakes
 * @param mistake its mistakes; null when it has none
 * @param files the files that it depends on
 * @param fingerprint what all of them said while they were read; {@link #CHANGING} when they said this and that
 */
record ConfigReading(
        @Nullable BridgeConfig config, @Nullable ConfigException mistake, Set<Path> files, String fingerprint) {

    /** No files say that. */
    static final String CHANGING = "";

    private static final int TRIES = 3;

    /** Reads the configuration. */
    @FunctionalInterface
    interface Reader {
        BridgeConfig read() throws ConfigException;
    }

    /**
     * Reads a configuration, and again when its files were written meanwhile. Which files those are, it says itself; so it is read
     * once more when it names others than were looked at before.
     *
     * @param expected the files that it is expected to depend on, {@code config.xml} among them
     * @param inForce the files of the configuration in force: they count as well while there is a mistake
     */
    static ConfigReading of(final Reader reader, final Set<Path> expected, final Set<Path> inForce) {
        Set<Path> known = Set.copyOf(expected);
        for (int tries = 1; ; tries++) {
            final String before = Fingerprint.of(known);
            final ConfigReading reading = once(reader, inForce);
            final Set<Path> files = reading.files();
            if (files.equals(known) && Fingerprint.of(files).equals(before)) {
                return new ConfigReading(reading.config(), reading.mistake(), files, before);
            }
            if (tries == TRIES) {
                return reading;
            }
            known = files;
        }
    }

    private static ConfigReading once(final Reader reader, final Set<Path> inForce) {
        try {
            final BridgeConfig config = reader.read();
            return new ConfigReading(config, null, Set.copyOf(config.files()), CHANGING);
        } catch (final ConfigException e) {
            final Set<Path> files = new HashSet<>(inForce);
            files.addAll(e.files());
            return new ConfigReading(null, e, Set.copyOf(files), CHANGING);
        }
    }

    /** Whether the files were written while they were read, so that they have to be read once more. */
    boolean isChanging() {
        return fingerprint.equals(CHANGING);
    }
}
