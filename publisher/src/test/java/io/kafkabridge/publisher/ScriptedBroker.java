package io.kafkabridge.publisher;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Speaks just enough MQTT 5 to do to a publisher what a real broker does only in bad moments: refuse a message, hang up
 * before an acknowledgement, forget. A test says what happens to each PUBLISH and PUBREL.
 */
final class ScriptedBroker implements AutoCloseable {
    /** A PUBLISH as it came over the wire. */
    record Publish(int packetId, int qos, boolean duplicate, String topic, boolean aliased, String payload) {}

    /** What the broker does. */
    interface Script {
        void publish(Client client, Publish publish) throws IOException;

        default void release(Client client, int packetId) throws IOException {
            client.send(String.format("70 02 %04X", packetId));
        }
    }

    /** The connection to the publisher. */
    record Client(Socket socket) {
        /** Sends the bytes written in hexadecimal digits. */
        void send(String hex) throws IOException {
            socket.getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
        }

        void puback(Publish publish, int reasonCode) throws IOException {
            send(String.format("40 03 %04X %02X", publish.packetId(), reasonCode));
        }

        void pubrec(Publish publish, int reasonCode) throws IOException {
            send(String.format("50 03 %04X %02X", publish.packetId(), reasonCode));
        }

        void disconnect(int reasonCode) throws IOException {
            send(String.format("E0 01 %02X", reasonCode));
        }

        void hangUp() throws IOException {
            socket.close();
        }
    }

    final List<Publish> published = new CopyOnWriteArrayList<>();
    final List<Integer> released = new CopyOnWriteArrayList<>();
    final List<Boolean> cleanStarts = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final String connackBody;
    private final Script script;

    /** Answers each CONNECT with success and the given CONNACK properties. */
    static ScriptedBroker withLimits(String properties, Script script) {
        int length = properties.replace(" ", "").length() / 2;
        return new ScriptedBroker(String.format("00 00 %02X", length) + properties, script);
    }

    static ScriptedBroker accepting(Script script) {
        return withLimits("", script);
    }

    static ScriptedBroker refusingLogins(int reasonCode) {
        return new ScriptedBroker(String.format("00 %02X 00", reasonCode), (client, publish) -> {});
    }

    private ScriptedBroker(String connackBody, Script script) {
        this.connackBody = connackBody;
        this.script = script;
        try {
            server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "scripted broker");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "tcp://localhost:" + server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                Client client = new Client(socket);
                while (!socket.isClosed()) {
                    handle(client, in.readUnsignedByte(), body(in));
                }
            } catch (IOException e) {
                // The publisher or the script hung up: wait for the next connection.
            }
        }
    }

    private static ByteBuffer body(DataInputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7F) << shift;
            shift += 7;
        } while (digit > 0x7F);
        return ByteBuffer.wrap(in.readNBytes(length));
    }

    private void handle(Client client, int header, ByteBuffer body) throws IOException {
        switch (header >> 4) {
            case 1 -> {
                cleanStarts.add((body.get(7) & 0x02) != 0);
                client.send(
                        String.format("20 %02X", connackBody.replace(" ", "").length() / 2) + connackBody);
            }
            case 3 -> {
                Publish publish = publish(header, body);
                published.add(publish);
                script.publish(client, publish);
            }
            case 6 -> {
                int packetId = body.getShort();
                released.add(packetId);
                script.release(client, packetId);
            }
            case 14 -> client.hangUp();
            default -> client.send("D0 00");
        }
    }

    private static Publish publish(int header, ByteBuffer body) {
        int qos = header >> 1 & 3;
        byte[] topic = new byte[body.getShort()];
        body.get(topic);
        int packetId = qos == 0 ? 0 : body.getShort();
        byte[] properties = new byte[body.get()];
        body.get(properties);
        byte[] payload = new byte[body.remaining()];
        body.get(payload);
        return new Publish(
                packetId,
                qos,
                (header & 8) != 0,
                new String(topic, UTF_8),
                properties.length > 0,
                new String(payload, UTF_8));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
