package io.kafkabridge.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One connection through a {@link TcpProxy}: a client's, and the one to the server that belongs to it. */
final class ProxiedConnection implements ProxyDoor.Connection {

    /** For the four socket buffers of a connection, in bytes: with the operating system's own, megabytes would hide in them. */
    static final int SOCKET_BUFFER = 64 * 1024;

    private static final int CHUNK = 8 * 1024;

    private final Socket client;
    private final Socket server = new Socket();
    private final int serverPort;
    private final Passage toServer;
    private final Passage toClient;

    ProxiedConnection(Socket client, int serverPort, Passage toServer, Passage toClient) {
        this.client = client;
        this.serverPort = serverPort;
        this.toServer = toServer;
        this.toClient = toClient;
    }

    /** Connects to the server and forwards in both directions until both have ended. */
    @Override
    public void serve() {
        try {
            toServer.await(0);
            server.setReceiveBufferSize(SOCKET_BUFFER);
            for (Socket socket : new Socket[] {client, server}) {
                socket.setSendBufferSize(SOCKET_BUFFER);
                socket.setTcpNoDelay(true);
            }
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
            Thread back = thread("back from " + serverPort, () -> copy(server, client, toClient));
            copy(client, server, toServer);
            back.join();
            client.close();
            server.close();
        } catch (IOException e) {
            reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reset();
        }
    }

    /** RST to both ends, at once. */
    @Override
    public void reset() {
        reset(client);
        reset(server);
    }

    /** Starts a thread that doesn't keep the JVM alive. */
    static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void copy(Socket from, Socket to, Passage passage) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                passage.await(length);
                out.write(chunk, 0, length);
            }
            passage.await(0);
            to.shutdownOutput();
        } catch (IOException e) {
            resetWhenOpen(passage);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reset();
        }
    }

    /** A broken connection is news for the other end, which a black hole holds back. */
    private void resetWhenOpen(Passage passage) {
        try {
            passage.await(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reset();
        }
    }

    /** Closes a socket with an RST. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closedAlready) {
            // That is what we want.
        }
    }
}
