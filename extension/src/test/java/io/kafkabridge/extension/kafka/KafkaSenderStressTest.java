package io.kafkabridge.extension.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Real threads: those that send meet the one that stops a sender and takes back what it had, and Kafka's own. */
class KafkaSenderStressTest {

    private static final int ROUNDS = Integer.getInteger("stress.rounds", 200);
    private static final int CLIENTS = 3;
    private static final int RECORDS = 20;

    /** Counts how often it ended. */
    private static final class Probe extends Submission {
        private final AtomicInteger ends = new AtomicInteger();

        Probe() {
            super(new ProducerRecord<>("t", new byte[0], new byte[1]));
        }

        @Override
        protected void delivered() {
            ends.incrementAndGet();
        }

        @Override
        protected void refused(final Exception reason) {
            ends.incrementAndGet();
        }

        @Override
        public void rejected(final Exception reason) {
            ends.incrementAndGet();
        }

        @Override
        public void fail(final Exception cause) {
            ends.incrementAndGet();
        }

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public boolean isKept() {
            return true;
        }
    }

    @Test
    void send_whileTheSenderIsStoppedAndRecalled_endsEachRecordOnce() throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                // Given
                final RacingProducer kafka = new RacingProducer(record -> {}, 40);
                final KafkaSender sender = new KafkaSender(kafka.producer(), Runnable::run, () -> {}, System::nanoTime);
                final CyclicBarrier barrier = new CyclicBarrier(CLIENTS + 1);
                final List<Probe> all = new ArrayList<>();
                final List<Future<?>> running = new ArrayList<>();
                for (int client = 0; client < CLIENTS; client++) {
                    final List<Probe> records = new ArrayList<>();
                    for (int i = 0; i < RECORDS; i++) {
                        records.add(new Probe());
                    }
                    all.addAll(records);
                    running.add(threads.submit(() -> {
                        barrier.await();
                        for (final Probe record : records) {
                            final @Nullable Exception refusal = sender.send(record, 0);
                            if (refusal != null) {
                                record.fail(refusal);
                            }
                        }
                        return null;
                    }));
                }

                // When
                final Future<List<Submission>> recall = threads.submit(() -> {
                    barrier.await();
                    final long until =
                            System.nanoTime() + ThreadLocalRandom.current().nextInt(100_000);
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    sender.stop();
                    return sender.recall();
                });
                recall.get().forEach(record -> ((Probe) record).fail(new IllegalStateException("taken back")));
                for (final Future<?> each : running) {
                    each.get();
                }
                kafka.join();

                // Then
                assertThat(all).allSatisfy(record -> assertThat(record.ends).hasValue(1));
                assertThat(sender.isQuiet()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
