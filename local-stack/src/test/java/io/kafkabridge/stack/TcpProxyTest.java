package io.kafkabridge.stack;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class TcpProxyTest {

    private static final Duration SILENCE = Duration.ofMillis(300);

    /** Sends back what it gets, until the end. */
    private ServerSocket echo;

    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        ProxiedConnection.thread("echo", this::serve);
        proxy = TcpProxy.to(echo.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket connection = echo.accept();
                ProxiedConnection.thread("echo of one", () -> {
                    try (connection) {
                        connection.getInputStream().transferTo(connection.getOutputStream());
                    } catch (IOException reset) {
                        // Some tests do that.
                    }
                });
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Test
    void pass_forwardsInBothDirectionsUntilTheEnd() throws Exception {
        // Given: more than all buffers on the way hold
        byte[] sent = new byte[5_000_000];
        new Random(1).nextBytes(sent);
        try (Socket client = connect()) {
            // When
            ProxiedConnection.thread("sender", () -> {
                try {
                    client.getOutputStream().write(sent);
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });

            // Then
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
        }
    }

    @Test
    void reset_breaksConnectionsAndLetsNewOnesIn() throws Exception {
        try (Socket client = connect()) {
            // Given
            assertThat(echoOf(client, 1)).isEqualTo(1);

            // When
            proxy.reset();

            // Then
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        try (Socket client = connect()) {
            assertThat(echoOf(client, 2)).isEqualTo(2);
        }
    }

    @Test
    void blackHole_acceptsAndSaysNothing_untilItPassesAgain() throws Exception {
        try (Socket old = connect()) {
            // Given
            assertThat(echoOf(old, 1)).isEqualTo(1);

            // When
            proxy.blackHole();

            // Then
            assertThatThrownBy(() -> echoOf(old, 2)).isInstanceOf(SocketTimeoutException.class);
            try (Socket young = connect()) {
                assertThatThrownBy(() -> echoOf(young, 3)).isInstanceOf(SocketTimeoutException.class);

                // When
                proxy.pass();

                // Then
                assertThat(old.getInputStream().read()).isEqualTo(2);
                assertThat(young.getInputStream().read()).isEqualTo(3);
            }
        }
    }

    @Test
    void reset_inABlackHole_breaksConnectionsToo() throws Exception {
        try (Socket client = connect()) {
            // Given
            assertThat(echoOf(client, 1)).isEqualTo(1);
            proxy.blackHole();

            // When
            proxy.reset();

            // Then
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void limit_isKeptByAllConnectionsTogether() throws Exception {
        // Given
        int bytes = 50_000;
        proxy.limit(100_000);
        try (Socket first = connect();
                Socket second = connect()) {
            // Silence means nothing here: the proxy lets a chunk wait for as long as its limit asks for.
            first.setSoTimeout(10_000);
            second.setSoTimeout(10_000);
            long start = System.nanoTime();

            // When
            first.getOutputStream().write(new byte[bytes]);
            second.getOutputStream().write(new byte[bytes]);
            first.getInputStream().readNBytes(bytes);
            second.getInputStream().readNBytes(bytes);

            // Then: the first chunk of a time goes at once
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(800), Duration.ofSeconds(5));
        }
    }

    @Test
    void serverGone_breaksTheConnection() throws Exception {
        // Given
        echo.close();
        try (Socket client = connect()) {
            // When, then
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void close_refusesConnections() {
        // Given
        int port = proxy.port();

        // When
        proxy.close();

        // Then: refused, or broken at once where the system had let it in already
        assertThatThrownBy(() -> {
                    try (Socket late = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        late.setSoTimeout(Math.toIntExact(SILENCE.toMillis()));
                        if (echoOf(late, 1) < 0) {
                            throw new EOFException();
                        }
                    }
                })
                .isInstanceOf(IOException.class);
    }

    /** The read limit is what tells silence from an answer. */
    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(Math.toIntExact(SILENCE.toMillis()));
        return socket;
    }

    private static int echoOf(Socket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        return socket.getInputStream().read();
    }
}
