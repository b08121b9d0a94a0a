package io.kafkabridge.benchmark.variant;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.apache.kafka.clients.producer.KafkaProducer;

/** Lays out HiveMQ extensions from classes of the benchmark. */
final class ExtensionFolder {

    /** Named, not referred to: they need HiveMQ's SDK, which only HiveMQ has. */
    private static final String PACKAGE = "io.kafkabridge.benchmark.extension.";

    private ExtensionFolder() {}

    /**
     * Writes the folder of an extension, named by its id.
     *
     * @param parent where the folder is made
     * @param classes simple names, its {@code ExtensionMain} first
     * @param withKafka whether kafka-clients is put into its jar: HiveMQ gives every jar a class loader of its own
     */
    static Path write(Path parent, String id, List<String> classes, boolean withKafka) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(id));
        Files.writeString(
                folder.resolve("hivemq-extension.xml"),
                "<hivemq-extension><id>%s</id><name>%s</name><version>1</version></hivemq-extension>"
                        .formatted(id, id));
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(folder.resolve(id + ".jar")))) {
            jar.setLevel(1);
            jar.putNextEntry(new ZipEntry("META-INF/services/com.hivemq.extension.sdk.api.ExtensionMain"));
            jar.write((PACKAGE + classes.get(0)).getBytes(StandardCharsets.UTF_8));
            for (String type : classes) {
                String file = (PACKAGE + type).replace('.', '/') + ".class";
                jar.putNextEntry(new ZipEntry(file));
                try (InputStream code = ExtensionFolder.class.getResourceAsStream("/" + file)) {
                    Objects.requireNonNull(code).transferTo(jar);
                }
            }
            if (withKafka) {
                copyKafkaClients(jar);
            }
        }
        return folder;
    }

    private static void copyKafkaClients(ZipOutputStream jar) throws IOException {
        try (ZipFile kafka = new ZipFile(Path.of(KafkaProducer.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) kafka.stream()
                    .filter(entry -> !entry.isDirectory() && entry.getName().matches("(org|kafka|common)/.*"))
                    .map(ZipEntry.class::cast)::iterator) {
                jar.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream content = kafka.getInputStream(entry)) {
                    content.transferTo(jar);
                }
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
