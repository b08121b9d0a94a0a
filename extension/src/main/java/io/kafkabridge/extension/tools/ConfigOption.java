package io.kafkabridge.extension.tools;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.config.ConfigFile;
import io.kafkabridge.extension.model.BridgeConfig;

/** Reads a configuration as the bridge does, from wherever it lies. */
final class ConfigOption {

    private ConfigOption() {}

    /**
     * Reads it, with the environment of this process.
     *
     * @param home where relative paths in it start from; null: the folder above {@code conf}, if the file lies in such a one,
     *     else its own
     * @throws ConfigException when it can't be used
     */
    static BridgeConfig read(final Path file, final @Nullable Path home) throws ConfigException {
        return ConfigFile.read(file, home != null ? home : homeOf(file), System.getenv());
    }

    /** Where relative paths in it start from, if nothing else is said: the extension's folder, for a file in its place. */
    static Path homeOf(final Path file) {
        final Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            return Path.of("");
        }
        final Path above = folder.getParent();
        return above != null && folder.endsWith("conf") ? above : folder;
    }
}
