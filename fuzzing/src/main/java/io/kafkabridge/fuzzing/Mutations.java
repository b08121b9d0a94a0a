package io.kafkabridge.fuzzing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The short fuzzing of every build: changes the kept inputs of a fuzz test at random, in the same way each time. Knows nothing of
 * what the test reaches; Jazzer does, in the profile {@code long-fuzzing}, and what that finds becomes an input here.
 * {@code -Dfuzzing.seed=<number>} and {@code -Dfuzzing.seconds=<number>} have it try others, and longer. For one thread.
 */
public final class Mutations {

    /** What a fuzz test does with an input. */
    @FunctionalInterface
    public interface Target {

        /** Takes an input, and throws anything when something is wrong. */
        void take(byte[] input) throws Throwable;
    }

    /** In each build: always the same inputs, so that a build doesn't fail for being faster than the last. */
    private static final int BUILD_RUNS = 500;

    private static final int MAX_RUNS = 50_000;
    private static final int MAX_CHANGES = 6;
    private static final int MAX_LENGTH = 1 << 14;
    private static final int[] RARE = {
        0, 1, 0x7f, 0x80, 0xff, '\n', '\r', ' ', '\t', '"', '\'', '\\', '{', '}', '<', '&'
    };

    private final Random random;
    private final List<byte[]> inputs;

    private Mutations(final long seed, final List<byte[]> inputs) {
        this.random = new Random(seed);
        this.inputs = inputs;
    }

    /**
     * Runs a fuzz test with changed inputs: 500 of them, or as many as a second and a half is enough for. With {@code
     * -Dfuzzing.seconds} as many as that is enough for, 50,000 at most.
     *
     * @param test the class, with its inputs beside it in {@code <class>Inputs/fuzz}, where Jazzer looks for them, too
     * @throws AssertionError for an input that the target fails on; the message tells the file that holds it
     */
    public static void run(final Class<?> test, final Target target) throws IOException {
        final long seed = Long.getLong("fuzzing.seed", 1);
        final Duration time = Duration.ofMillis(1000 * Long.getLong("fuzzing.seconds", 1) + 500);
        final Mutations mutations = new Mutations(seed, kept(test));
        final long until = System.nanoTime() + time.toNanos();
        final int runs = System.getProperty("fuzzing.seconds") == null ? BUILD_RUNS : MAX_RUNS;
        for (int run = 0; run < runs && System.nanoTime() - until < 0; run++) {
            final byte[] input = mutations.next();
            try {
                target.take(input);
            } catch (final Throwable e) {
                throw new AssertionError(
                        "Run " + run + " with seed " + seed + " fails on " + keep(test, input)
                                + "; move the file to the test's inputs",
                        e);
            }
        }
    }

    private static List<byte[]> kept(final Class<?> test) throws IOException {
        final String name = test.getSimpleName() + "Inputs/fuzz";
        final URL folder = test.getResource(name);
        if (folder == null) {
            throw new IOException("There is no " + name + " beside " + test);
        }
        final List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            for (final Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        } catch (final URISyntaxException e) {
            throw new IOException(e);
        }
        return inputs;
    }

    private static Path keep(final Class<?> test, final byte[] input) throws IOException {
        final String name = test.getSimpleName() + "-%08x".formatted(Arrays.hashCode(input));
        final Path file = Files.createDirectories(Path.of("target", "fuzzing")).resolve(name);
        return Files.write(file, input).toAbsolutePath();
    }

    private byte[] any() {
        return inputs.get(random.nextInt(inputs.size()));
    }

    private byte[] next() {
        byte[] input = any();
        for (int changes = random.nextInt(MAX_CHANGES); changes >= 0; changes--) {
            input = changed(input);
        }
        return input.length <= MAX_LENGTH ? input : Arrays.copyOf(input, MAX_LENGTH);
    }

    private byte[] changed(final byte[] input) {
        final int at = random.nextInt(input.length + 1);
        final int to = Math.min(input.length, at + 1 + random.nextInt(1 << random.nextInt(8)));
        return switch (random.nextInt(7)) {
            case 0 -> replaced(input, at, to, new byte[0]);
            case 1 -> replaced(input, at, at, Arrays.copyOfRange(input, at, to)); // Once more.
            case 2 -> replaced(input, at, at, piece(any()));
            case 3 -> replaced(input, at, to, piece(any()));
            case 4 -> replaced(input, at, at, new byte[] {(byte) RARE[random.nextInt(RARE.length)]});
            case 5 -> replaced(input, at, Math.min(at + 1, to), new byte[] {(byte) random.nextInt(256)});
            default -> flipped(input, at);
        };
    }

    private byte[] piece(final byte[] input) {
        final int from = random.nextInt(input.length + 1);
        return Arrays.copyOfRange(input, from, Math.min(input.length, from + 1 + random.nextInt(64)));
    }

    private byte[] flipped(final byte[] input, final int at) {
        final byte[] flipped = input.clone();
        if (at < flipped.length) {
            flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] replaced(final byte[] input, final int from, final int to, final byte[] piece) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(input, 0, from);
        all.write(piece, 0, piece.length);
        all.write(input, to, input.length - to);
        return all.toByteArray();
    }
}
