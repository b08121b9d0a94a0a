package io.kafkabridge.benchmark.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for processes of the benchmark, with this JVM's Java and class path. */
public final class ChildJvm {

    private ChildJvm() {}

    /** The command that runs a main class. */
    public static List<String> command(Class<?> main, List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
