package io.kafkabridge.common;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** The jar that a program runs from. */
public final class ProgramJar {

    private ProgramJar() {}

    /** The jar that a class was loaded from; empty when it comes from a folder of classes. */
    public static Optional<Path> of(final Class<?> type) {
        final CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()).toAbsolutePath())
                            .filter(Files::isRegularFile);
        } catch (final URISyntaxException e) {
            return Optional.empty();
        }
    }
}
