package io.kafkabridge.common;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives options without a flag their value: from the environment, then from the .env file. An option names its
 * variable in {@code descriptionKey}. An empty variable counts as not set, as compose files pass it on like that.
 */
final class Environment implements IDefaultValueProvider {
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

    static @Nullable String variable(ArgSpec option) {
        return option instanceof OptionSpec o && !o.descriptionKey().isEmpty() ? o.descriptionKey() : null;
    }

    private static boolean isSet(Map<String, String> values, String name) {
        return !values.getOrDefault(name, "").isEmpty();
    }
}
