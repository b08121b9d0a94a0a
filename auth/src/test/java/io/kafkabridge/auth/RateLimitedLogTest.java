package io.kafkabridge.auth;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitedLogTest {

    private final LogRecorder recorder = new LogRecorder(RateLimitedLog.class);
    private final RateLimitedLog log = new RateLimitedLog();

    @AfterEach
    void close() {
        recorder.close();
    }

    @Test
    void firstOfAKind_isTold_andTheOthersAreCounted() {
        log.warn("a", "alice", "refused, wrong");
        log.warn("b", "bob", "refused, wrong");
        log.warn("c", "", "refused, busy");
        log.warn("d", "dora", "refused, wrong");
        log.endMinute();
        log.endMinute();
        log.warn("e", "emil", "refused, wrong");

        assertThat(recorder.lines())
                .containsExactly(
                        "WARN Client 'a', user 'alice': refused, wrong.",
                        "WARN Client 'c', user '': refused, busy.",
                        "WARN 2 more in the last minute: refused, wrong.",
                        "WARN Client 'e', user 'emil': refused, wrong.");
    }

    @Test
    void strangeNames_canNotForgeLines() {
        log.warn("a\nINFO all is well", "x".repeat(100), "refused");

        assertThat(recorder.lines())
                .containsExactly("WARN Client 'a?INFO all is well', user '" + "x".repeat(64) + "...': refused.");
    }
}
