package io.kafkabridge.benchmark.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One MQTT connection that keeps its window full. Its messages are numbered: a payload begins with the client (4 bytes) and the
 * number (8 bytes). Not thread-safe: the load generator has one thread.
 *
 * <p>QoS 0 has no acknowledgements, so a probe follows each half window: a QoS 1 publish to a topic of its own. A broker handles the
 * publishes of a client one after the other, so its PUBACK says that those before it are through.
 */
final class LoadClient {

    private static final int READ_BUFFER = 16 << 10;
    private static final int WRITE_BUFFER = 64 << 10;

    private final int id;
    private final SocketChannel channel;
    private final PacketReader reader = new PacketReader(READ_BUFFER);
    private final ByteBuffer out;
    private final Packets.Publish message;
    private final Packets.@Nullable Publish probe;

    /** Messages that one acknowledgement stands for. */
    private final int group;

    /** Packet ids start at 1: a slot and its packet id differ by one. */
    private final long[] sentAt;

    private final long[] firstNumber;
    private final boolean[] busy;
    private final int[] free;
    private int freeCount;
    private @Nullable SelectionKey key;
    private long published;
    private long acknowledged;
    private @Nullable Histogram latencies;
    private final AcknowledgementGap gap = new AcknowledgementGap(System.nanoTime());
    private long now;

    /**
     * Connects, and waits for the CONNACK.
     *
     * @throws IOException if the broker refuses
     */
    LoadClient(LoadSpec spec, int id) throws IOException {
        this.id = id;
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), spec.port()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        int window = Math.min(spec.window(), connect(spec));

        byte[] payload = new byte[spec.size()];
        RandomGenerator.of("L64X128MixRandom").nextBytes(payload);
        message = Packets.publish(spec.mqttVersion(), spec.topic() + "/" + id, spec.qos(), payload);
        probe = spec.qos() == 0 ? Packets.publish(spec.mqttVersion(), "probe/" + id, 1, new byte[0]) : null;
        group = spec.qos() == 0 ? Math.max(1, window / 2) : 1;
        int slots = spec.qos() == 0 ? Math.min(2, window) : window;
        sentAt = new long[slots];
        firstNumber = new long[slots];
        busy = new boolean[slots];
        free = new int[slots];
        for (int slot = slots - 1; slot >= 0; slot--) {
            free[freeCount++] = slot;
        }
        out = ByteBuffer.allocateDirect(Math.max(WRITE_BUFFER, 2 * groupLength()));
    }

    private int connect(LoadSpec spec) throws IOException {
        channel.write(ByteBuffer.wrap(Packets.connect(spec.mqttVersion(), "load-" + id)));
        int[] receiveMaximum = {0};
        while (receiveMaximum[0] == 0) {
            if (channel.read(reader.buffer()) < 0) {
                throw new EOFException("The broker refused client " + id);
            }
            reader.read((type, body) -> {
                if (type != Packets.CONNACK || body.get(body.position() + 1) != 0) {
                    throw new IllegalStateException("The broker refused client " + id);
                }
                receiveMaximum[0] = spec.mqttVersion() == Packets.MQTT_5 ? PacketReader.receiveMaximum(body) : 0xffff;
            });
        }
        return receiveMaximum[0];
    }

    private int groupLength() {
        return group * message.length() + (probe == null ? 0 : probe.length());
    }

    void register(Selector selector) throws IOException {
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Where latencies go from now on, in microseconds; gaps are measured anew. */
    void recordInto(Histogram histogram, long start) {
        latencies = histogram;
        gap.begin(start);
    }

    /** The longest time without an acknowledgement since then, in nanoseconds. */
    long longestGap(long until) {
        return gap.longest(until);
    }

    /** Takes what the broker sent; false when the connection is gone. */
    boolean receive() {
        try {
            if (channel.read(reader.buffer()) < 0) {
                return close();
            }
            now = System.nanoTime();
            reader.read(this::received);
            return true;
        } catch (IOException | IllegalStateException e) {
            return close();
        }
    }

    private void received(int type, ByteBuffer body) {
        if (type != Packets.PUBACK || (body.remaining() > 2 && body.get(body.position() + 2) < 0)) {
            throw new IllegalStateException(
                    "refused"); // DISCONNECT, or a PUBACK with an error: nothing that we continue with
        }
        int slot = (body.getShort(body.position()) & 0xffff) - 1;
        busy[slot] = false;
        free[freeCount++] = slot;
        acknowledged += group;
        gap.acknowledged(now);
        if (latencies != null) {
            latencies.recordValue((now - sentAt[slot]) / 1000);
        }
    }

    /** Fills the window, if wanted, and writes what the socket takes; false when the connection is gone. */
    boolean send(boolean more) {
        try {
            boolean written;
            do {
                while (more && freeCount > 0 && out.remaining() >= groupLength()) {
                    encode(free[--freeCount]);
                }
                out.flip();
                channel.write(out);
                written = !out.hasRemaining();
                out.compact();
            } while (written && more && freeCount > 0);
            if (key != null) {
                key.interestOps(written ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
            return true;
        } catch (IOException e) {
            return close();
        }
    }

    private void encode(int slot) {
        busy[slot] = true;
        firstNumber[slot] = published;
        for (int i = 0; i < group; i++) {
            message.put(out, slot + 1, id, published++);
        }
        if (probe != null) {
            probe.put(out, slot + 1, id, 0);
        }
        sentAt[slot] = System.nanoTime();
    }

    private boolean close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // Then it is as we want it.
        }
        return false;
    }

    /** Ends the connection without a DISCONNECT; the session ends with it. */
    void end() {
        close();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    boolean isIdle() {
        return freeCount == free.length && out.position() == 0;
    }

    long published() {
        return published;
    }

    long acknowledged() {
        return acknowledged;
    }

    List<LoadResult.Unacknowledged> unacknowledged() {
        List<LoadResult.Unacknowledged> open = new ArrayList<>();
        for (int slot = 0; slot < busy.length; slot++) {
            for (int i = 0; busy[slot] && i < group; i++) {
                open.add(new LoadResult.Unacknowledged(id, firstNumber[slot] + i));
            }
        }
        return open;
    }
}
