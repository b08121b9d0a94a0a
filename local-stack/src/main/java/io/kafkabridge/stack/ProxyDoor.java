package io.kafkabridge.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Where a proxy lets clients in: a free port of 127.0.0.1, and a thread for each connection. Thread-safe. */
final class ProxyDoor implements AutoCloseable {

    /** A client's connection, and the one to the server that belongs to it. */
    interface Connection {

        /** Forwards until the connection ends, on a thread of its own. */
        void serve();

        /** Breaks it at both ends, at once. Any thread. */
        void reset();
    }

    private final ServerSocket listener;
    private final String name;
    private final Function<Socket, Connection> connecting;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private ProxyDoor(final ServerSocket listener, final String name, final Function<Socket, Connection> connecting) {
        this.listener = listener;
        this.name = name;
        this.connecting = connecting;
    }

    /**
     * Opens the port.
     *
     * @param name what it is, for names of threads and errors
     * @param connecting makes a connection of a client's socket
     */
    static ProxyDoor open(final String name, final Function<Socket, Connection> connecting) {
        try {
            final ServerSocket listener = new ServerSocket();
            listener.setReceiveBufferSize(ProxiedConnection.SOCKET_BUFFER); // before bind: connections inherit it
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()));
            final ProxyDoor door = new ProxyDoor(listener, name, connecting);
            ProxiedConnection.thread(name, door::accept);
            return door;
        } catch (final IOException e) {
            throw new UncheckedIOException("Can't open a " + name, e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Breaks all connections there are. New ones are let in. */
    void reset() {
        connections.forEach(Connection::reset);
    }

    /** Breaks all connections and lets no more in. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            reset();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (final IOException closedOrGoneAlready) {
                // The next one, if there is any.
            }
        }
    }

    private void serve(final Socket client) {
        final Connection connection = connecting.apply(client);
        connections.add(connection);
        ProxiedConnection.thread("connection of " + name, () -> {
            connection.serve();
            connections.remove(connection);
        });
        if (listener.isClosed()) {
            connection.reset(); // close() may have missed it
        }
    }
}
