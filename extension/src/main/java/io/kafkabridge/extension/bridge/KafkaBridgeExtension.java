package io.kafkabridge.extension.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import com.codahale.metrics.MetricRegistry;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.session.SessionInformation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.intake.Gate;
import io.kafkabridge.extension.intake.Intake;
import io.kafkabridge.extension.intake.PublishLimits;

/** Where HiveMQ starts and stops the bridge; the only class that touches {@link Services}. */
public final class KafkaBridgeExtension implements ExtensionMain, HiveMq {

    /** Environment variable with the path of another {@code config.xml} than the one in the extension's folder. */
    static final String CONFIG_VARIABLE = "HIVEMQ_KAFKA_BRIDGE_CONFIG";

    /** Environment variable: {@code open} lets clients in while there is no configuration that can be used. */
    static final String BROKEN_CONFIG_VARIABLE = "HIVEMQ_KAFKA_BRIDGE_ON_BROKEN_CONFIG";

    private static final Logger LOG = LoggerFactory.getLogger(KafkaBridgeExtension.class);

    private @Nullable RunningBridge running;

    /** Starts in any case: HiveMQ would acknowledge everything without it, and never start it again by itself. */
    @Override
    public void extensionStart(final ExtensionStartInput input, final ExtensionStartOutput output) {
        final RunningBridge.Place place = place(input);
        try {
            running = RunningBridge.start(place, this);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            running = RunningBridge.startClosed(place, this);
        } catch (final RuntimeException | LinkageError e) {
            if (place.openWithoutConfig()) {
                LOG.error(
                        "An unexpected error while the HiveMQ Kafka Bridge starts; NOTHING IS FORWARDED, and clients are let in and"
                                + " acknowledged, as {} says. Please report it.",
                        BROKEN_CONFIG_VARIABLE,
                        e);
            } else {
                LOG.error(
                        "An unexpected error while the HiveMQ Kafka Bridge starts; it is closed, and no MQTT client is let in. Please"
                                + " report it, and restart HiveMQ to try again.",
                        e);
                running = RunningBridge.startClosed(place, this);
            }
        }
    }

    private static RunningBridge.Place place(final ExtensionStartInput input) {
        final Path home =
                input.getExtensionInformation().getExtensionHomeFolder().toPath();
        return new RunningBridge.Place(
                home,
                home.resolve(System.getenv().getOrDefault(CONFIG_VARIABLE, "conf/config.xml")),
                input.getServerInformation().getDataFolder().toPath().resolve("hivemq-kafka-bridge"),
                input.getExtensionInformation().getVersion(),
                PublishLimits.ofHiveMq(
                        input.getServerInformation().getHomeFolder().toPath()),
                System.getenv());
    }

    @Override
    public void extensionStop(final ExtensionStopInput input, final ExtensionStopOutput output) {
        final long start = System.nanoTime();
        if (running != null) {
            running.stop();
        }
        LOG.info("HiveMQ Kafka Bridge stopped, within {}.", Wording.time(Duration.ofNanos(System.nanoTime() - start)));
    }

    @Override
    public MetricRegistry metrics() {
        return Services.metricRegistry();
    }

    @Override
    public CompletableFuture<Optional<SessionInformation>> session(final String clientId) {
        return Services.clientService().getSession(clientId);
    }

    @Override
    public void register(final Intake intake) {
        Services.eventRegistry().setClientLifecycleEventListener(intake.connections());
        Services.initializerRegistry().setClientInitializer(intake);
    }

    @Override
    public void register(final Gate gate) {
        Services.securityRegistry().setAuthenticatorProvider(gate);
    }

    @Override
    public CompletableFuture<Void> disconnect(final String clientId, final String reason) {
        return Services.clientService()
                .disconnectClient(clientId, false, DisconnectReasonCode.SERVER_BUSY, reason)
                .thenAccept(wasConnected -> {});
    }
}
