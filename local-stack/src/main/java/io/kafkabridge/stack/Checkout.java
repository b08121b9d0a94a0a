package io.kafkabridge.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The project's source tree on this machine, where the brokers' class paths and the demo's parts lie. */
public final class Checkout {

    private static final String BROKERS = "local-stack/brokers";

    private Checkout() {}

    /**
     * The project's top folder: the nearest one above this class's own jar or class folder, else above the working folder.
     *
     * @throws IllegalStateException if neither lies in the source tree
     */
    public static Path root() {
        Path workingFolder = Path.of("").toAbsolutePath();
        return Stream.of(codeSource(), workingFolder)
                .flatMap(Checkout::upwards)
                .filter(folder -> Files.isDirectory(folder.resolve(BROKERS)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Neither " + codeSource() + " nor " + workingFolder + " lies in the project's source tree."));
    }

    /**
     * The class path of a broker, as the build of {@code local-stack/brokers/<name>} wrote it.
     *
     * @throws StartException if it wasn't built
     */
    static String classPath(String broker) {
        Path file = root().resolve(BROKERS).resolve(broker).resolve("target/classpath");
        try {
            String classPath = Files.readString(file).strip();
            for (String jar : classPath.split(File.pathSeparator, -1)) {
                if (!Files.exists(Path.of(jar))) {
                    throw new StartException(file + " names a missing file, " + jar + ". " + howToBuild());
                }
            }
            return classPath;
        } catch (NoSuchFileException e) {
            throw new StartException("There is no " + file + ". " + howToBuild());
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + file, e);
        }
    }

    private static String howToBuild() {
        return "Build it with: ./mvnw -pl local-stack -am package -DskipTests";
    }

    private static Path codeSource() {
        try {
            return Path.of(Checkout.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Path> upwards(Path start) {
        return Stream.iterate(start, folder -> folder != null, Path::getParent);
    }
}
