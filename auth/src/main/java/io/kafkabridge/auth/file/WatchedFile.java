package io.kafkabridge.auth.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.ChangeWatch;

/**
 * A file that is read again when it changes. The newest version without errors is in force; a broken version is told
 * in the log once and leaves the version before in force.
 *
 * <p>What {@link #poll} compares is what is read: no change falls in between.
 *
 * <p>Thread safe: one thread polls, any thread asks for the {@link #current} version.
 */
public final class WatchedFile<T> {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);

    private final String name;
    private final Path path;
    private final Function<String, Parsed<T>> format;
    private final Runnable onChange;

    private volatile @Nullable T current;
    private final ChangeWatch<TextFile> watch = new ChangeWatch<>();

    /**
     * @param name what the file is, for the log, such as "users file"
     * @param format reads the file's text
     * @param onChange called by {@link #poll} after a new version came into force
     */
    public WatchedFile(String name, Path path, Function<String, Parsed<T>> format, Runnable onChange) {
        this.name = name;
        this.path = path;
        this.format = format;
        this.onChange = onChange;
    }

    /** The version in force; empty as long as the file was never without errors. */
    public Optional<T> current() {
        return Optional.ofNullable(current);
    }

    /**
     * Reads the file and takes a new version. When there is a version already, the new one has to be found unchanged
     * by the next poll too: a file that is just being written must not count.
     */
    public synchronized void poll() {
        TextFile found = TextFile.read(path);
        if (watch.hasSettled(found) || (current == null && watch.differs(found))) {
            watch.took(found);
            judge(found);
        }
    }

    private void judge(TextFile found) {
        if (!found.failure().isEmpty()) {
            refuse(List.of(new Problem(0, found.failure())));
            return;
        }
        Parsed<T> parsed = format.apply(found.text());
        if (parsed.errors().isEmpty()) {
            accept(parsed);
        } else {
            refuse(parsed.errors());
        }
    }

    private void accept(Parsed<T> parsed) {
        current = parsed.content();
        LOG.info("Loaded the {} {}: {}.", name, path, parsed.summary());
        if (!parsed.warnings().isEmpty()) {
            LOG.warn("Look at these lines of the {} {}:{}", name, path, listed(parsed.warnings()));
        }
        onChange.run();
    }

    private void refuse(List<Problem> problems) {
        LOG.error(
                "Can't use the {} {}; {}. It is read again when it changes.{}",
                name,
                path,
                current == null ? "nobody can log in" : "the version before stays in force",
                listed(problems));
    }

    private static String listed(List<Problem> problems) {
        return problems.stream().map(problem -> "\n  - " + problem).collect(Collectors.joining());
    }
}
