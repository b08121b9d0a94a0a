package io.kafkabridge.extension.delivery.spooled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;

/** Spools whose clusters are gone from the configuration: they are kept, and told. */
public final class ForgottenSpools {

    private static final Logger LOG = LoggerFactory.getLogger(ForgottenSpools.class);

    private ForgottenSpools() {}

    /**
     * Tells about them.
     *
     * @param data the bridge's folder in HiveMQ's data folder
     * @param clusterIds all clusters of the configuration
     */
    public static void tell(final Path data, final Set<String> clusterIds) {
        final Path spools = data.resolve("spool");
        if (!Files.isDirectory(spools)) {
            return;
        }
        try (Stream<Path> folders = Files.list(spools)) {
            for (final Path folder : (Iterable<Path>) folders::iterator) {
                final long bytes = clusterIds.contains(folder.getFileName().toString()) ? 0 : segmentBytes(folder);
                if (bytes > 0) {
                    LOG.warn(
                            "{} holds {} of records for a Kafka cluster that isn't in the configuration any more. They are"
                                    + " kept. Configure a cluster with the id '{}' to have them delivered, or delete the folder.",
                            folder,
                            Wording.bytes(bytes),
                            folder.getFileName());
                }
            }
        } catch (final IOException e) {
            LOG.warn("Can't look for spools of former clusters in {}: {}", spools, e.toString());
        }
    }

    private static long segmentBytes(final Path folder) throws IOException {
        long bytes = 0;
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (final Path file :
                        (Iterable<Path>) files.filter(each -> each.toString().endsWith(".log"))::iterator) {
                    bytes += Files.size(file);
                }
            }
        }
        return bytes;
    }
}
