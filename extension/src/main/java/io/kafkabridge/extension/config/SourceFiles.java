package io.kafkabridge.extension.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

import io.kafkabridge.extension.model.FileVersion;

/** The files that a configuration names. Notes each of them, whether it is there or not, so that a reload can watch it. */
final class SourceFiles {

    private static final int MAX_TEXT = 1 << 20;

    private final Path home;
    private final Set<Path> all = new LinkedHashSet<>();

    /**
     * Makes the list.
     *
     * @param config the configuration file, its first entry
     * @param home the folder that relative paths start from
     */
    SourceFiles(final Path config, final Path home) {
        this.home = home;
        all.add(config);
    }

    /** All that were named up to now. */
    Set<Path> all() {
        return all;
    }

    /**
     * The file of that name; it need not exist.
     *
     * @throws IllegalArgumentException when that can't be a file's name; the message is the rule
     */
    Path locate(final String name) {
        final Path file;
        try {
            file = home.resolve(Path.of(Values.nonEmpty(name)));
        } catch (final InvalidPathException e) {
            throw new IllegalArgumentException("isn't the path of a file", e);
        }
        all.add(file);
        return file;
    }

    /**
     * A file that can be read, as it is now.
     *
     * @throws IllegalArgumentException when it can't be read; the message is the rule
     */
    FileVersion readable(final String name) {
        final Path file = locate(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no readable file " + file);
        }
        return FileVersion.of(file);
    }

    /**
     * The text of a file.
     *
     * @throws IllegalArgumentException when it can't be read or isn't a text; the message never shows any of it
     */
    String text(final String name) {
        final Path file = locate(name);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("there is no readable file " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            final byte[] bytes = in.readNBytes(MAX_TEXT + 1);
            if (bytes.length > MAX_TEXT) {
                throw new IllegalArgumentException("the file " + file + " is larger than 1 MiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (final CharacterCodingException e) {
            throw new IllegalArgumentException("the file " + file + " isn't UTF-8 text", e);
        } catch (final IOException e) {
            throw new IllegalArgumentException("the file " + file + " can't be read: " + e.getMessage(), e);
        }
    }
}
