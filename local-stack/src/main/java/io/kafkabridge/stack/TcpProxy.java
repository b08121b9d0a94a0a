package io.kafkabridge.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between a client and a server on this machine that can be made bad: reset, silent or slow. It forwards TCP connections
 * from its own port of 127.0.0.1 to the server's, in both directions. What it holds back stays small (some 150 KiB a connection and
 * direction); beyond that the sender waits, as with any slow network. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int serverPort;
    private final Passage toServer = new Passage();
    private final Passage toClient = new Passage();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();

    private TcpProxy(ServerSocket listener, int serverPort) {
        this.listener = listener;
        this.serverPort = serverPort;
    }

    /**
     * Starts to forward to a port of 127.0.0.1, where nobody needs to listen yet.
     *
     * @return a proxy on a free port, that passes everything on
     */
    public static TcpProxy to(int serverPort) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReceiveBufferSize(ProxiedConnection.SOCKET_BUFFER); // before bind: connections inherit it
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()));
            TcpProxy proxy = new TcpProxy(listener, serverPort);
            ProxiedConnection.thread("proxy to " + serverPort, proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("Can't open a proxy to port " + serverPort, e);
        }
    }

    /** Where clients connect, on 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
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
        connections.forEach(ProxiedConnection::reset);
    }

    /** Breaks all connections and lets no more in. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            reset();
            pass(); // Whoever waits finds the connection broken.
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (IOException closedOrGoneAlready) {
                // The next one, if there is any.
            }
        }
    }

    private void serve(Socket client) {
        ProxiedConnection connection = new ProxiedConnection(client, toServer, toClient);
        connections.add(connection);
        ProxiedConnection.thread("proxied connection to " + serverPort, () -> {
            connection.forward(serverPort);
            connections.remove(connection);
        });
        if (listener.isClosed()) {
            connection.reset(); // close() may have missed it
        }
    }
}
