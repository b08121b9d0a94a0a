package io.kafkabridge.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where a case is played; it ends with all of its connections. */
final class WillStage implements AutoCloseable {

    private final int port;
    private final String name;
    private final List<WillClient> clients = new ArrayList<>();

    WillStage(final int port, final String name) {
        this.port = port;
        this.name = name;
    }

    String name() {
        return name;
    }

    String topic() {
        return WillCase.topicOf(name);
    }

    WillConnect will(final int version) {
        return will(version, "will");
    }

    WillConnect will(final int version, final String payload) {
        return new WillConnect(version, name, topic(), payload);
    }

    WillClient connect(final WillConnect connect) throws IOException {
        final WillClient client = refusedOrNot(connect);
        if (!client.isAccepted()) {
            throw new IOException(name + ": not accepted");
        }
        return client;
    }

    WillClient refused(final WillConnect connect) throws IOException {
        final WillClient client = refusedOrNot(connect);
        if (client.isAccepted()) {
            throw new IOException(name + ": accepted");
        }
        return client;
    }

    private WillClient refusedOrNot(final WillConnect connect) throws IOException {
        final WillClient client = new WillClient(port, connect);
        clients.add(client);
        return client;
    }

    @Override
    public void close() throws IOException {
        for (final WillClient client : clients) {
            client.close();
        }
    }
}
