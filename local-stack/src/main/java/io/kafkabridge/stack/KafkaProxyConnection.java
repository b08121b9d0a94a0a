package io.kafkabridge.stack;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.RequestHeader;

/** One connection through a {@link KafkaProxy}: one thread reads requests, one reads the answers to them. */
final class KafkaProxyConnection implements ProxyDoor.Connection {

    private final Socket client;
    private final Socket server = new Socket();
    private final int serverPort;
    private final KafkaProxy proxy;

    /** What waits for an answer, by correlation id. */
    private final Map<Integer, KafkaExchange> exchanges = new ConcurrentHashMap<>();

    KafkaProxyConnection(final Socket client, final int serverPort, final KafkaProxy proxy) {
        this.client = client;
        this.serverPort = serverPort;
        this.proxy = proxy;
    }

    /** Connects to the broker and forwards in both directions until one of them ends. */
    @Override
    public void serve() {
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
            ProxiedConnection.thread("answers from " + serverPort, () -> copy(server, client, this::answer));
            copy(client, server, this::request);
        } catch (final IOException e) {
            reset();
        }
    }

    /** RST to both ends, at once. */
    @Override
    public void reset() {
        ProxiedConnection.reset(client);
        ProxiedConnection.reset(server);
    }

    private interface Turn {

        /** What to pass on in place of a frame. */
        ByteBuffer of(ByteBuffer frame) throws IOException, InterruptedException;
    }

    private void copy(final Socket from, final Socket to, final Turn turn) {
        try {
            final DataInputStream in = new DataInputStream(from.getInputStream());
            final DataOutputStream out = new DataOutputStream(to.getOutputStream());
            while (true) {
                final byte[] frame = new byte[in.readInt()];
                in.readFully(frame);
                final ByteBuffer turned = turn.of(ByteBuffer.wrap(frame));
                final byte[] bytes = new byte[Integer.BYTES + turned.remaining()];
                ByteBuffer.wrap(bytes).putInt(turned.remaining()).put(turned);
                out.write(bytes);
            }
        } catch (final EOFException e) {
            reset();
        } catch (final IOException e) {
            reset();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            reset();
        }
    }

    private ByteBuffer request(final ByteBuffer frame) {
        final ByteBuffer body = frame.duplicate();
        final RequestHeader header = RequestHeader.parse(body);
        final KafkaExchange exchange = new KafkaExchange(header, proxy);
        final ByteBuffer request = header.apiKey() == ApiKeys.PRODUCE ? exchange.produce(frame, body) : frame;
        exchanges.put(header.correlationId(), exchange);
        return request;
    }

    private ByteBuffer answer(final ByteBuffer frame) throws IOException, InterruptedException {
        final KafkaExchange exchange = exchanges.remove(frame.getInt(frame.position()));
        if (exchange == null) {
            throw new IOException("An answer that nobody waits for");
        }
        TimeUnit.NANOSECONDS.sleep(exchange.delay().toNanos());
        if (exchange.isLost()) {
            throw new IOException("This answer gets lost");
        }
        return exchange.answer(frame);
    }
}
