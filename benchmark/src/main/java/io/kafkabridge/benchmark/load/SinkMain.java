package io.kafkabridge.benchmark.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/**
 * No broker: acknowledges every publish at once and forgets it. What the load generator reaches against it is the limit of the
 * load generator itself. Speaks MQTT 3.1.1 only. Arguments: the port.
 */
public final class SinkMain {

    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int BUFFER = 128 << 10;

    private SinkMain() {}

    public static void main(String[] args) throws IOException {
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 1024);
            server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            System.out.println("ready");
            while (true) {
                selector.select(key -> {
                    if (key.isAcceptable()) {
                        accept(server, selector);
                    } else {
                        ((Connection) key.attachment()).answer();
                    }
                });
            }
        }
    }

    private static void accept(ServerSocketChannel server, Selector selector) {
        try {
            SocketChannel channel = Objects.requireNonNull(server.accept());
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Publishes are read, acknowledgements written, on the selector's thread. */
    private static final class Connection {

        private final SocketChannel channel;
        private final PacketReader reader = new PacketReader(BUFFER);
        private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void answer() {
            try {
                if (channel.read(reader.buffer()) < 0) {
                    channel.close();
                    return;
                }
                reader.read(this::received);
                out.flip();
                while (out.hasRemaining()) {
                    channel.write(out);
                }
                out.clear();
            } catch (IOException gone) {
                // The selector forgets a closed channel.
            }
        }

        private void received(int type, ByteBuffer body) {
            if (type == CONNECT) {
                out.put(new byte[] {Packets.CONNACK << 4, 2, 0, 0});
            } else if (type == PUBLISH) {
                int topic = body.getShort(body.position());
                if (isAcknowledged(body)) {
                    out.put((byte) (Packets.PUBACK << 4)).put((byte) 2);
                    out.putShort(body.getShort(body.position() + 2 + topic));
                }
            }
        }

        private static boolean isAcknowledged(ByteBuffer body) {
            // The header's first byte lies before its length, of one byte up to 127.
            int lengthBytes = body.remaining() < 128 ? 1 : body.remaining() < 128 * 128 ? 2 : 3;
            return (body.get(body.position() - lengthBytes - 1) & 0x06) != 0;
        }
    }
}
