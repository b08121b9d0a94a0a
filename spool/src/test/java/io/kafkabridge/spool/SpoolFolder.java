package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.ProducerRecord;

/** What the tests do with a spool and its folder. */
final class SpoolFolder {

    static final SpoolLimits LIMITS = new SpoolLimits(Long.MAX_VALUE, 0, SpoolLimits.DEFAULT_SEGMENT_BYTES);

    private SpoolFolder() {}

    /** Limits with segments of one batch each. */
    static SpoolLimits tinySegments() {
        return new SpoolLimits(Long.MAX_VALUE, 0, 1);
    }

    static ProducerRecord<byte[], byte[]> record(final String value) {
        return new ProducerRecord<>("t", new byte[0], value.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends one batch of records whose values are their offsets. */
    static void append(final Spool spool, final int count) throws IOException {
        spool.append(LongStream.range(spool.end(), spool.end() + count)
                .mapToObj(offset -> new Spool.Entry("m", record(Long.toString(offset))))
                .toList());
    }

    /** Fills a new spool with batches of some records each, and leaves it. */
    static void fill(final Path folder, final SpoolLimits limits, final int batches, final int records)
            throws IOException {
        try (Spool spool = Spool.open(folder, limits)) {
            for (int i = 0; i < batches; i++) {
                append(spool, records);
            }
        }
    }

    static List<SpooledRecord> readAll(final SpoolReader reader) throws IOException {
        final List<SpooledRecord> records = new ArrayList<>();
        for (List<SpooledRecord> next = reader.next(); !next.isEmpty(); next = reader.next()) {
            records.addAll(next);
        }
        return records;
    }

    /** The offsets of all that can be read; each record must have the value that {@link #append} gave it. */
    static List<Long> offsets(final Spool spool) throws IOException {
        try (SpoolReader reader = spool.reader()) {
            final List<Long> offsets = new ArrayList<>();
            for (final SpooledRecord each : readAll(reader)) {
                final String value = new String(each.record().value(), StandardCharsets.UTF_8);
                if (!value.equals(Long.toString(each.offset()))) {
                    throw new AssertionError("Record " + each.offset() + " is " + value);
                }
                offsets.add(each.offset());
            }
            return offsets;
        }
    }

    static List<Long> range(final long from, final long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    /** The segments' files in order. */
    static List<Path> segments(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        } catch (final NoSuchFileException e) {
            return List.of();
        }
    }

    /** The names of the files that were set aside. */
    static List<String> corrupt(final Path folder) throws IOException {
        final List<String> names = new ArrayList<>();
        for (final Path file : segments(folder.resolve("corrupt"))) {
            names.add(file.getFileName().toString());
        }
        return names;
    }
}
