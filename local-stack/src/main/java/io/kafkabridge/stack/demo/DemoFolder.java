package io.kafkabridge.stack.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** The demo's folder {@code .local/demo}, held by one demo at a time. */
final class DemoFolder implements AutoCloseable {

    private final Path project;
    private final FileChannel lock;

    private DemoFolder(Path project, FileChannel lock) {
        this.project = project;
        this.lock = lock;
    }

    /**
     * Takes the folder, empties the brokers' and clients' parts of it and keeps certificates and passwords.
     *
     * @throws DemoException if another demo holds it
     */
    static DemoFolder lock(Path project) throws IOException {
        Path demo = Files.createDirectories(project.resolve(".local/demo"));
        Path pid = demo.resolve("pid");
        // Never closed but by the end of the JVM or by close(): the lock goes with it.
        FileChannel lock = FileChannel.open(demo.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            lock.close();
            throw new DemoException("Another ./demo runs in this folder (process " + Files.readString(pid)
                    + "). End it with Ctrl-C in its terminal, then start again.");
        }
        Files.writeString(pid, Long.toString(ProcessHandle.current().pid()), StandardCharsets.UTF_8);
        DemoFolder folder = new DemoFolder(project, lock);
        for (String part : new String[] {"kafka", "hivemq", "clients"}) {
            delete(demo.resolve(part));
        }
        Files.createDirectories(folder.clients());
        return folder;
    }

    /** A part of the project that the build must have made. */
    Path built(String path) {
        Path part = project.resolve(path);
        if (!Files.exists(part)) {
            throw new DemoException(part + " is missing. Build it with: ./mvnw package -DskipTests");
        }
        return part;
    }

    /** An extension of HiveMQ that the build must have made, and that HiveMQ would load. */
    Path extension(String path) {
        Path extension = built(path);
        if (Files.exists(extension.resolve("DISABLED"))) {
            throw new DemoException(extension.resolve("DISABLED")
                    + " is there: an earlier start of HiveMQ has failed with this extension, and HiveMQ wouldn't load it."
                    + " Delete the file, then start again.");
        }
        return extension;
    }

    /** A file of {@code hivemq-config}, which compose mounts as well. */
    Path hivemqConfig(String path) {
        return project.resolve("hivemq-config").resolve(path);
    }

    Path certificates() {
        return demo("certificates");
    }

    Path passwords() {
        return demo("passwords");
    }

    Path users() {
        return demo("users");
    }

    Path kafka() {
        return demo("kafka");
    }

    Path hivemq() {
        return demo("hivemq");
    }

    /** Working folder of publisher and consumer. */
    Path clients() {
        return demo("clients");
    }

    /** The settings for publisher and consumer in other terminals. */
    Path env() {
        return project.resolve(".local/demo.env");
    }

    private Path demo(String name) {
        return project.resolve(".local/demo").resolve(name);
    }

    /** Gives the folder to the next demo. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(path);
                }
            }
        }
    }
}
