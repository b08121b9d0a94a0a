package io.kafkabridge.benchmark.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.ToLongFunction;

import io.kafkabridge.benchmark.formats.candidate.Candidate;
import io.kafkabridge.benchmark.formats.candidate.SpoolFormat;

/**
 * What came back from a damaged copy of a folder that was still open, as a crash leaves it.
 *
 * @param place where the damage is, as a share of the file or the records; 1 is the end
 * @param right records as they were
 * @param wrong records that were handed out changed
 * @param withoutGap whether all before the last one came back
 * @param noticed whether the reader said that something is wrong
 */
record Damage(double place, long right, long wrong, boolean withoutGap, boolean noticed) {

    static final int RECORDS = 20_000;

    private static final int BATCH = 20;

    /** The ways to damage a file. */
    enum Kind {
        /** Not at all: a process crash. */
        NONE,
        /** The file written last ends too early: a torn write. */
        CUT,
        /** One bit of the largest file is another: a disk's fault. */
        FLIP,
        /** One bit of a record is another, in all copies that the store keeps of it. */
        SPOIL
    }

    /** Fills a folder, and copies it before it is closed. */
    static void crash(Candidate candidate, Path folder, Path copy, Sample sample) throws IOException {
        try (SpoolFormat format = candidate.open(Folders.fresh(folder))) {
            for (int i = 0; i < RECORDS / BATCH; i++) {
                format.append(sample.next(BATCH));
            }
            Folders.copy(folder, copy);
        }
    }

    /** Damages the folder somewhere in its middle half, then reads it. */
    static Damage inflict(Kind kind, Candidate candidate, Path folder, Sample sample, Random random)
            throws IOException {
        double place = 0.25 + random.nextDouble() / 2;
        switch (kind) {
            case NONE -> place = 1;
            case CUT -> cut(file(folder, Damage::modified), place);
            case FLIP -> flip(file(folder, Damage::size), place, random.nextInt(Byte.SIZE));
            case SPOIL -> spoil(folder, sample.mark((long) (RECORDS * place)));
        }
        return read(candidate, folder, sample, place);
    }

    private static void cut(Path file, double place) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate((long) (channel.size() * place));
        }
    }

    private static void flip(Path file, double place, int bit) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long at = (long) (channel.size() * place);
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 1 << bit));
            channel.write(one.rewind(), at);
        }
    }

    private static void spoil(Path folder, byte[] mark) throws IOException {
        for (Path file : Folders.files(folder)) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at = mark.length; at <= bytes.length; at++) {
                if (Arrays.equals(bytes, at - mark.length, at, mark, 0, mark.length)) {
                    bytes[at - 1] ^= 1;
                }
            }
            Files.write(file, bytes);
        }
    }

    /** The file with the most of something, SQLite's shared memory aside, which is of no use after a crash. */
    private static Path file(Path folder, ToLongFunction<Path> most) throws IOException {
        return Folders.files(folder).stream()
                .filter(file -> !file.toString().endsWith("-shm"))
                .max(Comparator.comparingLong(most))
                .orElseThrow();
    }

    private static Damage read(Candidate candidate, Path folder, Sample sample, double place) {
        Readback readback = new Readback(sample);
        boolean noticed = false;
        try (SpoolFormat format = candidate.open(folder)) {
            format.readAll(readback);
        } catch (IOException | RuntimeException e) {
            noticed = true; // each candidate has exceptions of its own
        }
        return new Damage(place, readback.right(), readback.wrong(), readback.withoutGap(), noticed);
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    private static long modified(Path file) {
        return file.toFile().lastModified();
    }

    /** The share of the records that came back as they were. */
    double share() {
        return (double) right / RECORDS;
    }

    /** How much of what lies before the damage came back. */
    double shareOfBefore() {
        return share() / place;
    }
}
