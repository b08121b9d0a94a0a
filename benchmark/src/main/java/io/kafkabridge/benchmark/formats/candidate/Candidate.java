package io.kafkabridge.benchmark.formats.candidate;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.apache.activemq.store.kahadb.disk.journal.Journal;
import org.apache.activemq.util.ByteSequence;
import org.apache.activemq.util.IOHelper;
import org.h2.mvstore.MVStore;
import org.sqlite.JDBC;

/** What is compared. */
public enum Candidate {
    /** The yardstick. */
    PLAIN("own file"),
    KAFKA("Kafka's log"),
    KAHADB("KahaDB journal"),
    MVSTORE("H2 MVStore"),
    SQLITE("SQLite, WAL");

    private final String title;

    Candidate(String title) {
        this.title = title;
    }

    /** Opens a new or an old folder. */
    public SpoolFormat open(Path folder) throws IOException {
        return switch (this) {
            case PLAIN -> new PlainLog(folder);
            case KAFKA -> new KafkaLog(folder);
            case KAHADB -> new KahaDbLog(folder);
            case MVSTORE -> new MvStoreLog(folder);
            case SQLITE -> new SqliteLog(folder);
        };
    }

    /** The bytes that the bridge's jar would grow by, as Maven Central has them. */
    public long jarBytes() throws IOException {
        long bytes = 0;
        for (Class<?> type : oneOfEachJar()) {
            try {
                bytes += Files.size(Path.of(
                        type.getProtectionDomain().getCodeSource().getLocation().toURI()));
            } catch (URISyntaxException e) {
                throw new IOException(e);
            }
        }
        return bytes;
    }

    private List<Class<?>> oneOfEachJar() {
        return switch (this) {
            case PLAIN, KAFKA -> List.of();
            case KAHADB -> List.of(Journal.class, ByteSequence.class, IOHelper.class);
            case MVSTORE -> List.of(MVStore.class);
            case SQLITE -> List.of(JDBC.class);
        };
    }

    @Override
    public String toString() {
        return title;
    }
}
