package io.kafkabridge.extension.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.kafkabridge.extension.model.Monitoring;
import io.kafkabridge.extension.model.Problem;

/** A configuration file can't be used. Carries everything that is wrong with it, not only the first find. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final transient Set<Path> files;
    private final transient Optional<Monitoring> monitoring;

    ConfigException(final Path file, final List<Problem> problems, final Set<Path> files) {
        this(file, problems, files, Optional.empty());
    }

    ConfigException(
            final Path file,
            final List<Problem> problems,
            final Set<Path> files,
            final Optional<Monitoring> monitoring) {
        super(problems.stream().map(problem -> file + ": " + problem).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.files = Set.copyOf(files);
        this.monitoring = monitoring;
    }

    /** All problems, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }

    /** The files that were read or looked for: a change of one of them may mend it. */
    public Set<Path> files() {
        return files;
    }

    /** The monitoring server, if the file asks for one and has no mistake there; one without its password isn't among them. */
    public Optional<Monitoring> monitoring() {
        return monitoring;
    }
}
