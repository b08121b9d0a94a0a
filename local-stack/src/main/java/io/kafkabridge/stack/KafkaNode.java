package io.kafkabridge.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** One Kafka node: a process that is broker and controller. For one thread, except {@link #log()}. */
public final class KafkaNode {

    private final KafkaLayout layout;
    private final KafkaLayout.Ports ports;
    private final BrokerProcess process;

    KafkaNode(KafkaLayout layout, KafkaLayout.Ports ports) {
        this.layout = layout;
        this.ports = ports;
        Path folder = layout.folder(ports);
        try {
            PrivateFiles.createFolder(folder);
            Path log4j = folder.resolve("log4j2.xml");
            try (InputStream ours = KafkaNode.class.getResourceAsStream("kafka-log4j2.xml")) {
                Files.copy(Objects.requireNonNull(ours), log4j, StandardCopyOption.REPLACE_EXISTING);
            }
            writeServerProperties();
            List<String> options = new ArrayList<>(layout.jvmOptions());
            options.add("-Dlog4j2.configurationFile=" + log4j.toUri());
            process = process(
                    "kafka.log", options, "kafka.Kafka", serverProperties().toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Can't prepare " + folder, e);
        }
    }

    /** The node's number in the cluster, from 1. */
    public int id() {
        return ports.id();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isRunning();
    }

    /** Starts the process without waiting for it to answer. */
    public void start() {
        process.start();
    }

    /** Ends the process at once with SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** Ends the process in good order; after 30 seconds with SIGKILL. */
    public void stop() {
        process.stop();
    }

    void terminate() {
        process.terminate();
    }

    /** Halts the process with SIGSTOP: connections stay open, nothing answers. */
    public void pause() {
        process.pause();
    }

    /** Lets a paused process go on. */
    public void resume() {
        process.resume();
    }

    /**
     * Lets the other nodes reach this one no more; it still reaches them, and clients reach it. For clusters that are {@link
     * KafkaBuilder#cuttable()}.
     */
    public void cutOff() {
        ports.peers().orElseThrow().cut();
    }

    /** Lets the other nodes reach this one again, if they couldn't. */
    public void rejoin() {
        ports.peers().ifPresent(PeerNetwork::pass);
    }

    /** Ends what stands between it and the others. */
    void closeNetwork() {
        ports.peers().ifPresent(PeerNetwork::close);
    }

    /** Everything the node has logged, over all its starts. */
    public String log() {
        return process.log();
    }

    BrokerProcess process() {
        return process;
    }

    /** Makes the data folder part of the cluster, unless it is already. */
    void format(String clusterId) {
        if (Files.exists(layout.folder(ports).resolve("data/meta.properties"))) {
            return;
        }
        try {
            BrokerProcess format = process(
                    "format.log",
                    List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                    "kafka.tools.StorageTool",
                    "format",
                    "--cluster-id",
                    clusterId,
                    "--config",
                    serverProperties().toString());
            format.start();
            format.awaitSuccess();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BrokerProcess process(String log, List<String> options, String mainClass, String... arguments)
            throws IOException {
        Path folder = layout.folder(ports);
        return new BrokerProcess(
                "Kafka node " + ports.id(),
                folder,
                folder.resolve(log),
                JavaCommand.of(folder, Checkout.classPath("kafka"), options, mainClass, arguments),
                Map.of());
    }

    private Path serverProperties() {
        return layout.folder(ports).resolve("server.properties");
    }

    private void writeServerProperties() throws IOException {
        Properties properties = new Properties();
        properties.putAll(layout.serverProperties(ports));
        try (OutputStream out = PrivateFiles.newOutput(serverProperties())) {
            properties.store(out, "Written by the local stack at every start");
        }
    }
}
