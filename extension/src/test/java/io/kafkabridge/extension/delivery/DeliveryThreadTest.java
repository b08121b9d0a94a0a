package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.kafka.FakeClock;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryThreadTest implements DeliveryThread.Work {

    private final FakeClock clock = new FakeClock();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final DeliveryThread thread = new DeliveryThread("c1", this, ended::countDown, clock);
    private final List<Throwable> errors = new ArrayList<>();
    private @Nullable Error lasting;
    private boolean waits;
    private boolean stopped;
    private boolean alwaysFails;

    @Override
    public boolean step() {
        if (lasting != null) {
            if (alwaysFails) {
                clock.advance(Duration.ofSeconds(1)); // For the thread's own eyes.
            }
            throw lasting;
        }
        if (!errors.isEmpty() && errors.remove(0) instanceof Error error) {
            throw error;
        }
        return waits;
    }

    @Override
    public void stop() {
        stopped = errors.isEmpty() && lasting == null;
    }

    @Override
    public boolean hasStopped() {
        return stopped;
    }

    @Test
    void error_doesntEndTheThread() throws InterruptedException {
        // Given
        errors.add(new StackOverflowError());
        errors.add(new OutOfMemoryError("not really"));
        errors.add(new NoClassDefFoundError("a jar is gone"));

        // When
        thread.stop();
        thread.start(null);
        thread.awaitEnd();

        // Then
        assertThat(errors).isEmpty();
        assertThat(ended.getCount()).isZero();
        assertThat(thread.isWorking()).isTrue();
    }

    @Test
    void thread_thatMeetsOnlyErrors_isntWorkingAfterTenSeconds_untilAStepGoesWell() {
        // Given
        lasting = new NoClassDefFoundError("a jar is gone");
        thread.step();
        clock.advance(Duration.ofSeconds(9));
        thread.step();
        assertThat(thread.isWorking()).isTrue();

        // When
        clock.advance(Duration.ofSeconds(1));
        thread.step();

        // Then
        assertThat(thread.isWorking()).isFalse();

        // When
        lasting = null;
        thread.step();

        // Then
        assertThat(thread.isWorking()).isTrue();
    }

    @Test
    void errorNowAndThen_isNoReasonToCallItBroken() {
        for (int i = 0; i < 30; i++) {
            errors.add(new StackOverflowError());
            thread.step();
            thread.step();
            clock.advance(Duration.ofSeconds(1));
            assertThat(thread.isWorking()).isTrue();
        }
    }

    @Test
    void stop_ofAThreadThatMeetsOnlyErrors_endsItAllTheSame() throws InterruptedException {
        // Given
        lasting = new NoClassDefFoundError("a jar is gone");
        alwaysFails = true;

        // When
        thread.stop();
        thread.start(null);
        thread.awaitEnd();

        // Then
        assertThat(stopped).isFalse();
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void thread_waitsForItsPredecessor() throws InterruptedException {
        // Given
        final DeliveryThread successor = new DeliveryThread("c1", new DeliveryThreadTest(), () -> {}, clock);
        successor.stop();
        successor.start(thread);

        // When
        thread.stop();
        thread.start(null);
        successor.awaitEnd();

        // Then
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void idleThread_looksLessOften() {
        waits = true;
        final Duration idle = thread.step();
        waits = false;
        final Duration busy = thread.step();
        assertThat(idle).isGreaterThan(busy);
    }
}
