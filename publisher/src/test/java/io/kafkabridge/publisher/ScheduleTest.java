package io.kafkabridge.publisher;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleTest {
    private static final long START = -5_000_000_000L; // System.nanoTime() may be negative

    @Test
    void anIntervalBeginsWhenTheMessageLeaves() {
        // Given
        Schedule schedule = Schedule.every(Duration.ofSeconds(2));
        schedule.start(START);

        // When: it leaves a second late
        long since = schedule.take(START + seconds(1));

        // Then
        assertThat(since).isEqualTo(START + seconds(1));
        assertThat(schedule.due()).isEqualTo(START + seconds(3));
    }

    @Test
    void aRateIsAPlanThatDelaysDoNotChange() {
        // Given
        Schedule schedule = Schedule.atRate(2, 0, 1);
        schedule.start(START);

        // When: all leave five seconds late
        long first = schedule.take(START + seconds(5));
        long second = schedule.take(START + seconds(5));

        // Then
        assertThat(first).isEqualTo(START);
        assertThat(second).isEqualTo(START + seconds(0.5));
        assertThat(schedule.due()).isEqualTo(START + seconds(1));
    }

    @Test
    void clientsTakeTurns() {
        // Given: 4 messages per second by 2 clients
        Schedule first = Schedule.atRate(4, 0, 2);
        Schedule second = Schedule.atRate(4, 1, 2);
        first.start(START);
        second.start(START);

        // When, Then
        assertThat(first.take(START)).isEqualTo(START);
        assertThat(second.take(START)).isEqualTo(START + seconds(0.25));
        assertThat(first.take(START)).isEqualTo(START + seconds(0.5));
        assertThat(second.take(START)).isEqualTo(START + seconds(0.75));
    }

    @Test
    void aRateStaysExactForLong() {
        // Given: a step that is no whole number of nanoseconds
        Schedule schedule = Schedule.atRate(3, 0, 1);
        schedule.start(START);

        // When
        for (int i = 0; i < 3_000_000; i++) {
            schedule.take(START);
        }

        // Then
        assertThat(schedule.due()).isEqualTo(START + seconds(1_000_000));
    }

    @Test
    void nothingIsLateWhileThereIsNothingToSend() {
        // Given
        Schedule schedule = Schedule.atRate(1, 0, 1);
        schedule.start(START);
        schedule.take(START);

        // When: no line for ten seconds
        schedule.skipTo(START + seconds(10));

        // Then
        assertThat(schedule.take(START + seconds(10))).isEqualTo(START + seconds(10));
        assertThat(schedule.due()).isEqualTo(START + seconds(11));
    }

    private static long seconds(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
