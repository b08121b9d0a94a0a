package io.kafkabridge.common;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * A log line for what may happen any number of times. It comes at once, then once a minute at most, and each time with how
 * many it stands for: those that were swallowed are told later, too. Whoever has a timer calls {@link #tick}, so that they are
 * told even when nothing more happens, and {@link #flush} at the end.
 *
 * <p>Thread-safe and without locks. The line is told on the thread that calls; no two threads tell the same.
 *
 * @param <D> what the line says of the latest one
 */
public final class LimitedLog<D> {

    private static final Duration PERIOD = Duration.ofMinutes(1);

    private record Untold<D>(long count, D latest) {}

    private final LongSupplier nanoClock;
    private final long periodNanos;
    private final Line<D> line;
    private final AtomicLong silentUntil;
    private final AtomicReference<@Nullable Untold<D>> untold = new AtomicReference<>();

    /** Writes the line. */
    @FunctionalInterface
    public interface Line<D> {
        /**
         * Writes it; must not throw.
         *
         * @param count how many it stands for, this one included: 1 or more
         * @param latest what it says of the latest of them
         */
        void tell(long count, D latest);
    }

    /** A line that comes once a minute at most. */
    public LimitedLog(final Line<D> line) {
        this(PERIOD, System::nanoTime, line);
    }

    /** For tests, which choose period and clock. */
    LimitedLog(final Duration period, final LongSupplier nanoClock, final Line<D> line) {
        this.periodNanos = period.toNanos();
        this.nanoClock = nanoClock;
        this.line = line;
        this.silentUntil = new AtomicLong(nanoClock.getAsLong());
    }

    /** It happened. */
    public void add(final D detail) {
        add(1, detail);
    }

    /**
     * It happened several times.
     *
     * @param count how often; nothing is told for 0
     * @param latest what there is to say of the latest one
     */
    public void add(final long count, final D latest) {
        if (count > 0) {
            untold.updateAndGet(before -> new Untold<>((before == null ? 0 : before.count()) + count, latest));
            tick();
        }
    }

    /** Tells what was swallowed, if there is anything and its minute is over. Cheap: call it as often as you like. */
    public void tick() {
        if (untold.get() == null) {
            return;
        }
        final long now = nanoClock.getAsLong();
        final long until = silentUntil.get();
        if (now - until >= 0 && silentUntil.compareAndSet(until, now + periodNanos)) {
            flush();
        }
    }

    /** Tells what was swallowed now, if there is anything: at a stop. */
    public void flush() {
        final Untold<D> rest = untold.getAndSet(null);
        if (rest != null) {
            line.tell(rest.count(), rest.latest());
        }
    }

    /** How many are not told yet. */
    public long pending() {
        final Untold<D> rest = untold.get();
        return rest == null ? 0 : rest.count();
    }
}
