package io.kafkabridge.common;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChangeWatchTest {

    private final ChangeWatch<String> watch = new ChangeWatch<>();

    @BeforeEach
    void takeA() {
        watch.took("a");
    }

    @Test
    void hasSettled_withTheVersionThatWasTaken_isFalse() {
        assertThat(watch.hasSettled("a")).isFalse();
        assertThat(watch.hasSettled("a")).isFalse();
    }

    @Test
    void hasSettled_withAnotherVersion_isTrueAtTheSecondLook() {
        assertThat(watch.hasSettled("b")).isFalse();
        assertThat(watch.hasSettled("b")).isTrue();
    }

    @Test
    void hasSettled_whileItIsBeingWritten_isFalse() {
        assertThat(watch.hasSettled("b")).isFalse();
        assertThat(watch.hasSettled("bc")).isFalse();
        assertThat(watch.hasSettled("bcd")).isFalse();
        assertThat(watch.hasSettled("bcd")).isTrue();
    }

    @Test
    void hasSettled_afterAChangeThatWasTakenBack_isFalse() {
        assertThat(watch.hasSettled("b")).isFalse();
        assertThat(watch.hasSettled("a")).isFalse();
        assertThat(watch.hasSettled("b")).isFalse();
    }

    /** The reader took what it saw before it read: what came during the reading differs. */
    @Test
    void hasSettled_withAChangeDuringTheReading_isTrue() {
        // Given
        watch.hasSettled("b");
        watch.hasSettled("b");
        watch.took("b");

        // When
        final boolean first = watch.hasSettled("changed meanwhile");

        // Then
        assertThat(first).isFalse();
        assertThat(watch.hasSettled("changed meanwhile")).isTrue();
    }

    @Test
    void differs_beforeAnythingWasTaken_isTrue() {
        assertThat(new ChangeWatch<String>().differs("a")).isTrue();
        assertThat(watch.differs("a")).isFalse();
    }
}
