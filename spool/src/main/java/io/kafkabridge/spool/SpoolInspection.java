package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a spool's folder holds, as another process sees it while the bridge may be writing and reading there. Nothing is changed
 * and nothing is locked. The figures of a spool that moves are those of about now: what was sent to Kafka within the last
 * second may still count.
 *
 * @param records how many wait
 * @param bytes size of the segments
 * @param segments how many there are
 * @param oldest timestamp of the record that goes next, if it has one
 * @param newest timestamp of the last one
 * @param written when something was appended last
 * @param consumed when Kafka took something out of it last
 * @param damage what is missing
 * @param setAside how many damaged files lie in {@link #corruptFolder}
 * @param corruptFolder where the bridge moves damaged files
 */
public record SpoolInspection(
        long records,
        long bytes,
        int segments,
        Optional<Instant> oldest,
        Optional<Instant> newest,
        Optional<Instant> written,
        Optional<Instant> consumed,
        List<Damage> damage,
        int setAside,
        Path corruptFolder) {

    /**
     * Records that can't be read any more.
     *
     * @param segment the damaged file; empty when a file is gone
     * @param first offset of the first
     * @param records how many
     */
    public record Damage(Optional<Path> segment, long first, long records) {}

    /**
     * Looks at a spool.
     *
     * @param folder its folder; one that isn't there is an empty spool
     * @param verify whether every record is read and checked, which takes as long as reading the files does. Otherwise only
     *     the headers of batches are looked at
     * @throws IOException when the folder can't be read
     */
    public static SpoolInspection of(final Path folder, final boolean verify) throws IOException {
        return new SpoolInspector(folder, verify).inspect();
    }
}
