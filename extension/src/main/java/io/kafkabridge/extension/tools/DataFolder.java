package io.kafkabridge.extension.tools;

import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.kafkabridge.common.ProgramJar;

/** Where the bridge keeps its data. */
final class DataFolder {

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "The bridge's data: <HiveMQ>/data/hivemq-kafka-bridge. Default: that of the HiveMQ whose extensions folder"
                            + " this jar lies in.")
    private @Nullable Path folder;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    /** The folder, which exists. */
    Path path() {
        final Path found = folder != null ? folder : besideThisJar();
        if (found == null || !Files.isDirectory(found)) {
            throw new ParameterException(
                    spec.commandLine(),
                    (found == null ? "This jar isn't in a HiveMQ's extensions folder" : "There is no folder " + found)
                            + "; name the bridge's data with --data <HiveMQ>/data/hivemq-kafka-bridge");
        }
        return found;
    }

    /** From {@code <HiveMQ>/extensions/hivemq-kafka-bridge/<jar>}. */
    private static @Nullable Path besideThisJar() {
        final Path extension =
                ProgramJar.of(DataFolder.class).map(Path::getParent).orElse(null);
        final Path extensions = extension == null ? null : extension.getParent();
        final Path hivemq = extensions == null ? null : extensions.getParent();
        return extensions == null || hivemq == null || !extensions.endsWith("extensions")
                ? null
                : hivemq.resolve("data").resolve("hivemq-kafka-bridge");
    }
}
