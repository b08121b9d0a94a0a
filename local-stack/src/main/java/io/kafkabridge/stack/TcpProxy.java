package io.kafkabridge.stack;

/**
 * A network between a client and a server on this machine that can be made bad: reset, silent or slow. It forwards TCP connections
 * from its own port of 127.0.0.1 to the server's, in both directions. What it holds back stays small (some 150 KiB a connection and
 * direction); beyond that the sender waits, as with any slow network. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {

    private final Passage toServer = new Passage();
    private final Passage toClient = new Passage();
    private final ProxyDoor door;

    private TcpProxy(int serverPort) {
        door = ProxyDoor.open(
                "proxy to " + serverPort, client -> new ProxiedConnection(client, serverPort, toServer, toClient));
    }

    /**
     * Starts to forward to a port of 127.0.0.1, where nobody needs to listen yet.
     *
     * @return a proxy on a free port, that passes everything on
     */
    public static TcpProxy to(int serverPort) {
        return new TcpProxy(serverPort);
    }

    /** Where clients connect, on 127.0.0.1. */
    public int port() {
        return door.port();
    }

    /** From now on everything is forwarded, at once. What was held back comes first. */
    public void pass() {
        toServer.open(Passage.UNLIMITED);
        toClient.open(Passage.UNLIMITED);
    }

    /** From now on nothing is forwarded, not even that a connection has ended. New connections are accepted. */
    public void blackHole() {
        toServer.close();
        toClient.close();
    }

    /** From now on all connections together get this many bytes a second, in each direction. */
    public void limit(long bytesPerSecond) {
        toServer.open(bytesPerSecond);
        toClient.open(bytesPerSecond);
    }

    /** Breaks all connections there are (RST to both ends). New ones are let in. */
    public void reset() {
        door.reset();
    }

    /** Breaks all connections and lets no more in. */
    @Override
    public void close() {
        try {
            door.close();
        } finally {
            pass(); // Whoever waits finds the connection broken.
        }
    }
}
