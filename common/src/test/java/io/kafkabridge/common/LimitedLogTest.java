package io.kafkabridge.common;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LimitedLogTest {

    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000); // nanoTime may overflow.
    private final List<String> lines = new ArrayList<>();
    private final LimitedLog<String> log =
            new LimitedLog<>(PERIOD, now::get, (count, latest) -> lines.add(count + " " + latest));

    private void pass(final Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void first_isToldAtOnce_andTheNextOnlyAfterAMinute() {
        // When
        log.add("a");
        pass(PERIOD.minusNanos(1));
        log.add("b");
        pass(Duration.ofNanos(1));
        log.add("c");

        // Then what was swallowed is counted
        assertThat(lines).containsExactly("1 a", "2 c");
    }

    @Test
    void rest_isToldByTick_whenNothingMoreHappens() {
        // Given
        log.add("first");
        pass(Duration.ofSeconds(8));
        log.add(1_000, "last");
        log.tick();
        assertThat(lines).containsExactly("1 first");
        assertThat(log.pending()).isEqualTo(1_000);

        // When
        pass(PERIOD);
        log.tick();
        log.tick();

        // Then
        assertThat(lines).containsExactly("1 first", "1000 last");
        assertThat(log.pending()).isZero();
    }

    @Test
    void flush_tellsTheRestAtOnce_andNothingTwice() {
        // Given
        log.add("first");
        log.add("second");

        // When
        log.flush();
        log.flush();

        // Then
        assertThat(lines).containsExactly("1 first", "1 second");
    }

    @Test
    void tick_withNothingToTell_keepsTheNextLinePrompt() {
        // Given
        log.tick();

        // When
        log.add(0, "nothing");
        log.add("first");

        // Then
        assertThat(lines).containsExactly("1 first");
    }

    @Test
    void manyThreads_loseAndRepeatNothing() throws InterruptedException {
        // Given a period so short that lines come all the time
        final AtomicLong told = new AtomicLong();
        final LimitedLog<String> busy =
                new LimitedLog<>(Duration.ofNanos(1), System::nanoTime, (count, latest) -> told.addAndGet(count));
        final CountDownLatch start = new CountDownLatch(1);
        final List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> {
                    try {
                        start.await();
                    } catch (final InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    for (int n = 0; n < 50_000; n++) {
                        busy.add("x");
                    }
                }))
                .toList();
        threads.forEach(Thread::start);

        // When
        start.countDown();
        for (final Thread thread : threads) {
            thread.join();
        }
        busy.flush();

        // Then
        assertThat(told).hasValue(200_000);
    }
}
