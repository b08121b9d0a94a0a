package io.kafkabridge.stack;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PortsTest {

    @Test
    void free_neverGivesAPortTwice() {
        assertThat(Stream.generate(Ports::free).limit(500)).doesNotHaveDuplicates();
    }

    @Test
    void freeOr_withAPortThatIsTaken_givesAnother() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Given
            int wanted = taken.getLocalPort();

            // When, then
            assertThat(Ports.freeOr(wanted)).isNotEqualTo(wanted);
        }
    }

    @Test
    void freeOr_withAFreePort_givesThat() {
        // Given
        int wanted = Ports.free();

        // When, then
        assertThat(Ports.freeOr(wanted)).isEqualTo(wanted);
    }
}
