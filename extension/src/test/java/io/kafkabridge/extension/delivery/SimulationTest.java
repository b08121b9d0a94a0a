package io.kafkabridge.extension.delivery;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of schedules of the engine. {@code -Dschedules=<count>} says how many. {@code -Dseed=<seed>} runs one of them, as when
 * it failed, and {@code -Dsteps=<step,...>} only these steps of it.
 */
class SimulationTest {

    private static final int SCHEDULES = Integer.getInteger("schedules", 20_000);
    private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

    private final @Nullable Long seed = Long.getLong("seed");
    private final SimulationLog log = new SimulationLog();

    @BeforeEach
    void quieten() {
        if (seed == null) {
            log.off();
        }
    }

    @AfterEach
    void restore() {
        log.restore();
    }

    @Test
    void engine_keepsItsPromises_inEverySchedule() throws Exception {
        if (seed != null) {
            final String steps = System.getProperty("steps");
            final Simulation.Result result =
                    Simulation.run(seed, steps == null ? ShortSchedule.all() : ShortSchedule.parse(steps));
            result.history().forEach(System.out::println);
            assertThat(result.broken()).isNull();
            return;
        }

        assertThat(run()).isEqualTo(SCHEDULES);
    }

    /** Each thread has its own schedules; the first that breaks a promise ends them all. */
    private static long run() throws InterruptedException, ExecutionException {
        final AtomicLong next = new AtomicLong();
        final AtomicLong kept = new AtomicLong();
        final BitSet all = ShortSchedule.all();
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            final List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    for (long each = next.getAndIncrement(); each < SCHEDULES; each = next.getAndIncrement()) {
                        if (Simulation.run(each, all).broken() != null) {
                            next.set(SCHEDULES);
                            throw ShortSchedule.of(each).toError();
                        }
                        kept.incrementAndGet();
                    }
                }));
            }
            for (final Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return kept.get();
    }
}
