package io.kafkabridge.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** HiveMQ's home folder, laid out as the broker expects it: {@code conf}, {@code data}, {@code log}, {@code extensions}. */
record HiveMqHome(Path folder) {

    private static final String ALLOW_ALL = "io/kafkabridge/stack/allowall/AllowAllMain";

    /** Removes configuration and extensions of an earlier time, with the DISABLED marks in them. */
    void clear() throws IOException {
        PrivateFiles.createFolder(folder);
        delete(folder.resolve("conf"));
        delete(folder.resolve("extensions"));
        for (String part : List.of("conf", "data", "log", "extensions")) {
            Files.createDirectories(folder.resolve(part));
        }
    }

    /** The configuration in use unless the caller brings one; with further elements. */
    static String config(boolean tls, String settings) {
        String tlsListener = """
                    <tls-tcp-listener>
                      <port>${ENV:MQTT_TLS_PORT}</port>
                      <bind-address>127.0.0.1</bind-address>
                      <tls>
                        <keystore>
                          <path>${ENV:MQTT_KEYSTORE}</path>
                          <password>${ENV:MQTT_KEYSTORE_PASSWORD}</password>
                          <private-key-password>${ENV:MQTT_KEYSTORE_PASSWORD}</private-key-password>
                        </keystore>
                      </tls>
                    </tls-tcp-listener>
                """;
        return """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners>
                    <tcp-listener>
                      <port>${ENV:MQTT_PORT}</port>
                      <bind-address>127.0.0.1</bind-address>
                    </tcp-listener>
                %s  </listeners>
                  <anonymous-usage-statistics>
                    <enabled>false</enabled>
                  </anonymous-usage-statistics>
                %s</hivemq>
                """.formatted(tls ? tlsListener : "", settings);
    }

    void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    void addExtension(Path folderOrZip) throws IOException {
        Path extensions = folder.resolve("extensions");
        if (Files.isDirectory(folderOrZip)) {
            copy(folderOrZip, extensions.resolve(folderOrZip.getFileName().toString()));
        } else {
            try (FileSystem zip = FileSystems.newFileSystem(folderOrZip)) {
                copy(zip.getPath("/"), extensions);
            }
        }
    }

    void addAllowAllExtension() throws IOException {
        write(
                "extensions/allow-all/hivemq-extension.xml",
                "<hivemq-extension><id>allow-all</id><name>Allow all clients</name><version>1</version>"
                        + "</hivemq-extension>");
        Path jar = folder.resolve("extensions/allow-all/allow-all.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                InputStream code = HiveMqHome.class.getResourceAsStream("/" + ALLOW_ALL + ".class")) {
            zip.putNextEntry(new ZipEntry("META-INF/services/com.hivemq.extension.sdk.api.ExtensionMain"));
            zip.write(ALLOW_ALL.replace('/', '.').getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(ALLOW_ALL + ".class"));
            Objects.requireNonNull(code).transferTo(zip);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(source, target);
                }
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path path : (Iterable<Path>) all.sorted(java.util.Comparator.reverseOrder())::iterator) {
                    Files.delete(path);
                }
            }
        }
    }
}
