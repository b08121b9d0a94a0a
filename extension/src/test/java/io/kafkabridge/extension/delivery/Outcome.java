package io.kafkabridge.extension.delivery;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Notes what became of one record. */
final class Outcome implements Acknowledgement {

    final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();

    @Override
    public void delivered() {
        calls.add("delivered");
    }

    @Override
    public void failed(final Exception cause) {
        calls.add("failed: " + cause.getMessage());
    }
}
