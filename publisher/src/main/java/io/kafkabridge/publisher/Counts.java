package io.kafkabridge.publisher;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What becomes of the messages of all clients, in numbers. Thread-safe, but for {@link #line} and {@link #summary}. */
final class Counts {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Plan plan;
    private final StartSignal start;
    private final Latencies latencies = new Latencies();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final Map<String, Long> failures = new ConcurrentSkipListMap<>();

    private final long created = System.nanoTime();
    private final AtomicLong lastSent = new AtomicLong(); // after created
    private final AtomicLong lastAnswer = new AtomicLong(); // after created
    private long shown;
    private long shownAt = created;

    /**
     * What is counted.
     *
     * @param perSecond the rate asked for, of all clients together; null for none
     */
    record Plan(int clients, int qos, @Nullable Double perSecond) {}

    Counts(Plan plan, StartSignal start) {
        this.plan = plan;
        this.start = start;
    }

    /** Returns whether all clients are connected now. */
    boolean connected() {
        return connected.incrementAndGet() == plan.clients();
    }

    void disconnected() {
        connected.decrementAndGet();
    }

    /** Messages of an earlier run are on their way. */
    void resending(int messages) {
        inFlight.addAndGet(messages);
    }

    void sent() {
        inFlight.incrementAndGet();
        sent.incrementAndGet();
        lastSent.accumulateAndGet(System.nanoTime() - created, Math::max);
    }

    void acknowledged(Delivery delivery, long at) {
        inFlight.decrementAndGet();
        acknowledged.incrementAndGet();
        lastAnswer.accumulateAndGet(at - created, Math::max);
        delivery.since().ifPresent(since -> latencies.record(at - since));
    }

    void failed(String reason) {
        inFlight.decrementAndGet();
        failures.merge(reason, 1L, Long::sum);
    }

    /** How things stand: the rate and the latencies are those since the last line. */
    String line() {
        long now = System.nanoTime();
        long total = acknowledged.get();
        Long begin = start.given();
        long since = shownAt == created && begin != null ? begin : shownAt;
        double rate = (total - shown) * NANOS_PER_SECOND / Math.max(1, now - since);
        shown = total;
        shownAt = now;
        Histogram latest = latencies.latest();
        List<String> parts = new ArrayList<>();
        parts.add(String.format("%3d s", start.elapsed().toSeconds()));
        parts.add(rate(rate));
        parts.add(total + (plan.qos() == 0 ? " sent" : " acknowledged"));
        parts.add(inFlight.get() + " in flight");
        if (plan.qos() > 0 && latest.getTotalCount() > 0) {
            parts.add("p50 " + millis(latest, 50));
            parts.add("p99 " + millis(latest, 99));
            parts.add("max " + millis(latest, 100) + " ms");
        }
        if (!failures.isEmpty()) {
            parts.add(failures.values().stream().mapToLong(Long::longValue).sum() + " failed");
        }
        if (connected.get() < plan.clients()) {
            parts.add(connected.get() + " of " + plan.clients() + " connected");
        }
        return String.join("  ", parts);
    }

    /** What became of all messages, in a few lines. */
    List<String> summary() {
        latencies.latest();
        List<String> lines = new ArrayList<>();
        Long begin = start.given();
        long total = acknowledged.get();
        if (begin != null && total > 0) {
            double seconds = Math.max(1e-3, seconds(lastAnswer, begin));
            String clients = plan.clients() + (plan.clients() == 1 ? " client" : " clients");
            lines.add(String.format(
                    Locale.ROOT,
                    "%s by %s in %.1f s: %d messages, %s",
                    plan.qos() == 0 ? "Sent" : "Published",
                    clients,
                    seconds,
                    total,
                    rate(total / seconds)));
        }
        Histogram all = latencies.all();
        if (plan.qos() > 0 && all.getTotalCount() > 0) {
            lines.add("Latency from " + (plan.perSecond() == null ? "PUBLISH" : "the planned PUBLISH") + " to "
                    + (plan.qos() == 1 ? "PUBACK" : "PUBCOMP") + ": p50 " + millis(all, 50) + "  p90 " + millis(all, 90)
                    + "  p99 " + millis(all, 99) + "  p99.9 " + millis(all, 99.9) + "  max " + millis(all, 100)
                    + " ms");
        }
        if (begin != null) {
            addIfBehind(lines, begin);
        }
        failures.forEach((reason, count) -> lines.add("Failed: " + count + ", " + reason));
        return lines;
    }

    /** But for one percent and one message of each client, all that was due by the last PUBLISH has left by then. */
    private void addIfBehind(List<String> lines, long begin) {
        Double asked = plan.perSecond();
        double seconds = seconds(lastSent, begin);
        if (asked != null && seconds > 0 && sent.get() < asked * seconds * 0.99 - plan.clients()) {
            lines.add("Slower than asked for: " + rate(sent.get() / seconds) + " left instead of " + rate(asked)
                    + "; more --clients, or --in-memory, may help");
        }
    }

    private double seconds(AtomicLong last, long begin) {
        return (last.get() - (begin - created)) / NANOS_PER_SECOND;
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 10 ? "%.1f/s" : "%.0f/s", perSecond);
    }

    private static String millis(Histogram micros, double percentile) {
        return Latencies.millis(micros.getValueAtPercentile(percentile));
    }
}
