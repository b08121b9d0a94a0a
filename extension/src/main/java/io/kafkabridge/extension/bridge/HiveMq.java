package io.kafkabridge.extension.bridge;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import com.codahale.metrics.MetricRegistry;
import com.hivemq.extension.sdk.api.services.session.SessionInformation;

import io.kafkabridge.extension.intake.Gate;
import io.kafkabridge.extension.intake.Intake;

/** What the bridge asks of its broker. */
interface HiveMq {

    MetricRegistry metrics();

    /** Disconnects a client; completes once its connection is closed, or exceptionally when HiveMQ can't do it now. */
    CompletableFuture<Void> disconnect(String clientId, String reason);

    CompletableFuture<Optional<SessionInformation>> session(String clientId);

    /** From now on, the intake learns of every client and publish. HiveMQ lets that be undone only by ending the extension. */
    void register(Intake intake);

    /** From now on, HiveMQ asks the gate before it lets a client in. */
    void register(Gate gate);
}
