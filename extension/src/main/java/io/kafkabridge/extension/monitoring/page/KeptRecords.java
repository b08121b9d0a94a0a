package io.kafkabridge.extension.monitoring.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kafkabridge.extension.delivery.rejected.RejectedFolder;
import io.kafkabridge.extension.monitoring.page.Status.KeptFiles;

/** What lies in the folders of rejected records; looks at the disk every few seconds at most. Thread-safe. */
final class KeptRecords {

    private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

    private final Path data;
    private long nextLook = System.nanoTime();
    private List<KeptFiles> kept = List.of();

    KeptRecords(final Path data) {
        this.data = data;
    }

    /** Each cluster's, if it has any. */
    synchronized List<KeptFiles> get() {
        if (System.nanoTime() - nextLook >= 0) {
            nextLook = System.nanoTime() + INTERVAL;
            try {
                kept = look();
            } catch (final IOException e) {
                kept = List.of(); // Files come and go; the next look finds them.
            }
        }
        return kept;
    }

    private List<KeptFiles> look() throws IOException {
        final List<KeptFiles> found = new ArrayList<>();
        for (final String cluster : RejectedFolder.clusters(data)) {
            final RejectedFolder folder = new RejectedFolder(data, cluster, 0);
            final List<Path> files = folder.files();
            long bytes = 0;
            for (final Path file : files) {
                bytes += Files.size(file);
            }
            if (bytes > 0) {
                found.add(new KeptFiles(cluster, folder.path().toString(), files.size(), bytes));
            }
        }
        return List.copyOf(found);
    }
}
