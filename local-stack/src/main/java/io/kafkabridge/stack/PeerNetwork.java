package io.kafkabridge.stack;

/** The way that other nodes of a cluster take to one of them, which can be cut. Thread-safe. */
final class PeerNetwork implements AutoCloseable {

    private final TcpProxy controller;
    private final TcpProxy internal;

    /** Stands in front of a node's ports for controllers and for brokers. */
    PeerNetwork(final int controllerPort, final int internalPort) {
        controller = TcpProxy.to(controllerPort);
        internal = TcpProxy.to(internalPort);
    }

    /** Where the others find the node's controller. */
    int controllerPort() {
        return controller.port();
    }

    /** Where the others find the node's broker. */
    int internalPort() {
        return internal.port();
    }

    void cut() {
        controller.blackHole();
        internal.blackHole();
    }

    void pass() {
        controller.pass();
        internal.pass();
    }

    @Override
    public void close() {
        controller.close();
        internal.close();
    }
}
