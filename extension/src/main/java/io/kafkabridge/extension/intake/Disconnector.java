package io.kafkabridge.extension.intake;

import java.util.concurrent.CompletableFuture;

/** Ends a client's connection without an acknowledgement. */
@FunctionalInterface
public interface Disconnector {

    /**
     * Disconnects a client; its last will is sent.
     *
     * @param clientId the client
     * @param reason told to an MQTT 5 client
     * @return completes when the connection is closed; exceptionally when it must be asked for again
     */
    CompletableFuture<Void> disconnect(String clientId, String reason);
}
