package io.kafkabridge.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a HiveMQ CE should be like; {@link #start()} makes it so. Without settings: a plain listener on a free port of 127.0.0.1
 * and no extension, so nobody may log in.
 */
public final class HiveMqBuilder {

    private @Nullable Path folder;
    private int mqttPort = Ports.free();
    private int tlsPort = Ports.free();
    private @Nullable Certificates certificates;
    private boolean allowAll;
    private String settings = "";
    private final List<Path> extensions = new ArrayList<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> jvmOptions = new ArrayList<>(List.of("-Xms128m", "-Xmx384m", "-XX:+UseSerialGC"));

    HiveMqBuilder() {}

    /** HiveMQ's home. In a folder used before, data and logs stay; configuration and extensions are laid out anew. */
    public HiveMqBuilder folder(Path folder) {
        this.folder = folder.toAbsolutePath();
        return this;
    }

    /** Port of the plain listener, in {@code config.xml} as {@code ${ENV:MQTT_PORT}}. */
    public HiveMqBuilder mqttPort(int port) {
        mqttPort = port;
        return this;
    }

    /** Port of the TLS listener, in {@code config.xml} as {@code ${ENV:MQTT_TLS_PORT}}. */
    public HiveMqBuilder tlsPort(int port) {
        tlsPort = port;
        return this;
    }

    /** Adds a TLS listener. A {@code config.xml} of one's own finds the store in MQTT_KEYSTORE and MQTT_KEYSTORE_PASSWORD. */
    public HiveMqBuilder tls(Certificates certificates) {
        this.certificates = certificates;
        return env("MQTT_KEYSTORE", certificates.keyStore().toString())
                .env("MQTT_KEYSTORE_PASSWORD", certificates.password());
    }

    /** Lets every client in without a password, through a small extension. */
    public HiveMqBuilder allowAllClients() {
        allowAll = true;
        return this;
    }

    /** Further elements of HiveMQ's {@code config.xml}, for example {@code <restrictions>}. */
    public HiveMqBuilder settings(String elements) {
        settings += elements + "\n";
        return this;
    }

    /** Copies an extension into the home: its folder, named like its id, or its zip. */
    public HiveMqBuilder extension(Path folderOrZip) {
        extensions.add(folderOrZip);
        return this;
    }

    /** Writes a file into the home, over one that an extension brought; for example {@code conf/config.xml}. */
    public HiveMqBuilder file(String pathInHome, String content) {
        files.put(pathInHome, content);
        return this;
    }

    /** An environment variable of HiveMQ's process. */
    public HiveMqBuilder env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** An option for HiveMQ's JVM; a later {@code -Xmx} wins over the default of 384 MB. */
    public HiveMqBuilder jvmOption(String option) {
        jvmOptions.add(option);
        return this;
    }

    /**
     * Starts the broker and waits until all listeners are open.
     *
     * @throws StartException if one isn't, or not within a minute
     */
    public HiveMq start() {
        env("MQTT_PORT", Integer.toString(mqttPort));
        env("MQTT_TLS_PORT", Integer.toString(tlsPort));
        HiveMq hivemq = new HiveMq(layOut(), mqttPort, tlsPort, environment, jvmOptions);
        try {
            hivemq.start();
            return hivemq;
        } catch (RuntimeException e) {
            hivemq.close();
            throw e;
        }
    }

    private HiveMqHome layOut() {
        HiveMqHome home = new HiveMqHome(Objects.requireNonNull(folder, "folder"));
        try {
            home.clear();
            home.write("conf/config.xml", HiveMqHome.config(certificates != null, settings));
            if (allowAll) {
                home.addAllowAllExtension();
            }
            for (Path extension : extensions) {
                home.addExtension(extension);
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                home.write(file.getKey(), file.getValue());
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("Can't lay out HiveMQ's home " + home.folder(), e);
        }
    }
}
