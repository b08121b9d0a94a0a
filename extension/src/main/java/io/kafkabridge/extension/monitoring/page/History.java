package io.kafkabridge.extension.monitoring.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/** The last ten minutes, a sample a second: what the plots show, and how fast things change. Thread-safe. */
final class History {

    private static final int POINTS = 600;
    private static final double NANOS = 1e9;

    /** The last ones, whole; older ones are points only. */
    private static final int SAMPLES = 31;

    /**
     * A point of the plots.
     *
     * @param in publishes taken, a second
     * @param out records to Kafka, a second
     * @param waiting records in all spools
     * @param rejected records rejected since the point before
     */
    record Point(double in, double out, long waiting, long rejected) {}

    private final Deque<Point> points = new ArrayDeque<>();
    private final Deque<Sample> samples = new ArrayDeque<>();

    synchronized void add(final Sample sample) {
        final Sample before = samples.peekLast();
        if (before != null) {
            points.addLast(new Point(
                    rate(before, sample, Sample::received),
                    rate(before, sample, Sample::forwarded),
                    sample.waiting(),
                    Math.max(0, sample.rejected() - before.rejected())));
        }
        samples.addLast(sample);
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
        if (points.size() > POINTS) {
            points.removeFirst();
        }
    }

    /** The latest sample; null before the first. */
    synchronized @Nullable Sample latest() {
        return samples.peekLast();
    }

    /** The points, the oldest first. */
    synchronized List<Point> points() {
        return List.copyOf(points);
    }

    /** Records that were rejected in these ten minutes. */
    synchronized long rejected() {
        return points.stream().mapToLong(Point::rejected).sum();
    }

    /** How much a number grew a second over about so many seconds; never negative, since counters may begin anew. */
    double rate(final int seconds, final ToLongFunction<Sample> number) {
        return Math.max(0, slope(seconds, number));
    }

    /** How much a number changed a second, up or down, over about so many seconds. */
    synchronized double slope(final int seconds, final ToLongFunction<Sample> number) {
        final Sample last = samples.peekLast();
        if (last == null) {
            return 0;
        }
        Sample first = last;
        final Iterator<Sample> back = samples.descendingIterator();
        while (back.hasNext() && last.nanos() - first.nanos() < seconds * NANOS) {
            first = back.next();
        }
        final double passed = (last.nanos() - first.nanos()) / NANOS;
        return passed <= 0 ? 0 : (number.applyAsLong(last) - number.applyAsLong(first)) / passed;
    }

    private static double rate(final Sample before, final Sample now, final ToLongFunction<Sample> number) {
        final double passed = (now.nanos() - before.nanos()) / NANOS;
        return passed <= 0 ? 0 : Math.max(0, (number.applyAsLong(now) - number.applyAsLong(before)) / passed);
    }
}
