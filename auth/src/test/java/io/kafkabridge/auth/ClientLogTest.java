package io.kafkabridge.auth;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClientLogTest {

    private final LogRecorder recorder = new LogRecorder(ClientLog.class);
    private final ClientLog log = new ClientLog();

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
        log.tick();
        log.flush();
        log.flush();

        assertThat(recorder.lines())
                .containsExactly(
                        "WARN Client 'a', user 'alice': refused, wrong.",
                        "WARN Client 'c', user '': refused, busy.",
                        "WARN 2 more like this since the last line, the latest client 'd', user 'dora': refused, wrong.");
    }

    @Test
    void strangeNames_canNotForgeLines() {
        log.warn("a\nINFO all is well", "x".repeat(100), "refused");

        assertThat(recorder.lines())
                .containsExactly("WARN Client 'a?INFO all is well', user '" + "x".repeat(64) + "...': refused.");
    }
}
