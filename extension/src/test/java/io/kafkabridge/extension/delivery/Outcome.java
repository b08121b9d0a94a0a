package io.kafkabridge.extension.delivery;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Notes what became of one record. */
final class Outcome implements Acknowledgement {

    final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();

    @Override
    public void safe() {
        calls.add("safe");
    }

    @Override
    public boolean failed(final Exception cause) {
        calls.add("failed: " + cause.getMessage());
        return true;
    }

    @Override
    public boolean isWanted() {
        return true;
    }
}
