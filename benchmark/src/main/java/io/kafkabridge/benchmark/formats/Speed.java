package io.kafkabridge.benchmark.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.kafkabridge.benchmark.formats.candidate.Candidate;
import io.kafkabridge.benchmark.formats.candidate.SpoolFormat;

/**
 * How fast a candidate was in one round.
 *
 * @param appended records each second, durable
 * @param read records each second, from opening the folder to the last record
 * @param bytesPerRecord on disk, after closing
 */
record Speed(double appended, double read, double bytesPerRecord) {

    private static final double NANOS = 1e9;

    /**
     * Appends batches for some time, then reads all back, for as long at least.
     *
     * @throws IOException if not all records came back
     */
    static Speed measure(Candidate candidate, Path folder, int batch, Duration time) throws IOException {
        Sample sample = new Sample();
        Folders.fresh(folder);
        long records = 0;
        long start = System.nanoTime();
        long nanos;
        try (SpoolFormat format = candidate.open(folder)) {
            do {
                format.append(sample.next(batch));
                records += batch;
                nanos = System.nanoTime() - start;
            } while (nanos < time.toNanos());
        }
        double bytes = Folders.bytes(folder);
        double read = read(candidate, folder, sample, records, time);
        Folders.delete(folder);
        return new Speed(records * NANOS / nanos, read, bytes / records);
    }

    private static double read(Candidate candidate, Path folder, Sample sample, long records, Duration time)
            throws IOException {
        long read = 0;
        long start = System.nanoTime();
        long nanos;
        do {
            Readback readback = new Readback(sample);
            try (SpoolFormat format = candidate.open(folder)) {
                format.readAll(readback);
            }
            if (readback.right() != records || !readback.withoutGap()) {
                throw new IOException(candidate + " gave back " + readback.right() + " of " + records + " records");
            }
            read += records;
            nanos = System.nanoTime() - start;
        } while (nanos < time.toNanos());
        return read * NANOS / nanos;
    }
}
