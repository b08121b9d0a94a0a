package io.kafkabridge.common;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives options without a flag their value: from the environment, then from the .env file. An option names its
 * variable in {@code descriptionKey}. An empty variable counts as not set, as compose files pass it on like that.
 */
final class Environment implements IDefaultValueProvider {
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

    /** No two of our names are that near to each other. */
    private static final int TYPOS = 2;

    private final Map<String, String> variables;
    private final Map<String, String> settings;
    private final Path settingsFile;

    private Environment(Map<String, String> variables, Map<String, String> settings, Path settingsFile) {
        this.variables = variables;
        this.settings = settings;
        this.settingsFile = settingsFile;
    }

    /**
     * Reads the file, if there is one.
     *
     * @param variables the variables of the process
     * @param envFile the file the user asked for; without one, {@code .env} is read where it exists
     * @throws CommandFailure when the file can't be read
     */
    static Environment load(Map<String, String> variables, Path workingDirectory, @Nullable Path envFile) {
        Path file = workingDirectory.resolve(envFile == null ? Path.of(".env") : envFile);
        boolean absent = envFile == null && Files.notExists(file);
        return new Environment(variables, absent ? Map.of() : EnvFile.read(file), file);
    }

    static Environment empty() {
        return new Environment(Map.of(), Map.of(), Path.of(".env"));
    }

    @Override
    public @Nullable String defaultValue(ArgSpec option) {
        String name = variable(option);
        if (name == null) {
            return null;
        }
        return isSet(variables, name) ? variables.get(name) : isSet(settings, name) ? settings.get(name) : null;
    }

    /** Tells where the value of an option comes from when it is no flag: {@code "PUBLISHER_QOS in /x/.env"}. */
    @Nullable
    String origin(ArgSpec option) {
        String name = variable(option);
        if (name == null || defaultValue(option) == null) {
            return null;
        }
        return name + (isSet(variables, name) ? " in the environment" : " in " + settingsFile);
    }

    /**
     * Tells of names in the file that nobody asks for, and that look like one which isn't set: probably a slip of the pen.
     *
     * @param options those of the command
     */
    List<String> slips(Collection<OptionSpec> options) {
        Set<String> known = options.stream()
                .map(Environment::variable)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        return settings.keySet().stream()
                .filter(name -> !known.contains(name))
                .flatMap(name -> Nearest.of(name, known, TYPOS)
                        .filter(meant -> !isSet(variables, meant) && !isSet(settings, meant))
                        .map(meant -> name + " in " + settingsFile + " is unknown; did you mean " + meant + "?")
                        .stream())
                .toList();
    }

    /** The variable of an option; picocli gives its own options keys that are none. */
    static @Nullable String variable(ArgSpec option) {
        return option instanceof OptionSpec o
                        && VARIABLE.matcher(o.descriptionKey()).matches()
                ? o.descriptionKey()
                : null;
    }

    private static boolean isSet(Map<String, String> values, String name) {
        return !values.getOrDefault(name, "").isEmpty();
    }
}
