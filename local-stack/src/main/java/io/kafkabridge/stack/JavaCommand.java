package io.kafkabridge.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for child JVMs, run by the JDK that runs us. */
final class JavaCommand {

    private JavaCommand() {}

    /**
     * A JVM whose options stand in a file of the folder: class paths of a hundred jars stay out of process lists. Temporary files
     * (native libraries) lie in the folder as well: a killed JVM doesn't remove them.
     *
     * @throws IOException if the file can't be written
     */
    static List<String> of(
            Path folder, String classPath, List<String> jvmOptions, String mainClass, String... arguments)
            throws IOException {
        Path options = folder.resolve(mainClass + ".options");
        List<String> lines = new ArrayList<>(jvmOptions);
        lines.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
        lines.add("-XX:-UsePerfData"); // else a file in the system's folder, whatever java.io.tmpdir says
        lines.add("-classpath");
        lines.add(classPath);
        Files.write(options, lines.stream().map(JavaCommand::quote).toList());
        List<String> command = new ArrayList<>(List.of(java(), "@" + options, mainClass));
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }

    /** The {@code java} of the running JDK. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String quote(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
