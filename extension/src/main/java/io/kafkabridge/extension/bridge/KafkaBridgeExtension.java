package io.kafkabridge.extension.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

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
import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.intake.Intake;
import io.kafkabridge.extension.intake.PublishLimits;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.KafkaCluster;

/** Where HiveMQ starts and stops the bridge; the only class that touches {@link Services}. */
public final class KafkaBridgeExtension implements ExtensionMain, HiveMq {

    /** Environment variable with the path of another {@code config.xml} than the one in the extension's folder. */
    static final String CONFIG_VARIABLE = "HIVEMQ_KAFKA_BRIDGE_CONFIG";

    private static final Logger LOG = LoggerFactory.getLogger(KafkaBridgeExtension.class);

    private @Nullable RunningBridge running;

    @Override
    public void extensionStart(final ExtensionStartInput input, final ExtensionStartOutput output) {
        final RunningBridge.Place place = place(input);
        try {
            final ConfigReading reading = ConfigReading.of(place::read, Set.of(place.config()), Set.of(place.config()));
            running = RunningBridge.start(place, reading, this);
            tell(place, reading.orThrow());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            output.preventExtensionStartup("HiveMQ was stopped while the bridge started.");
        } catch (final ConfigException e) {
            LOG.error(
                    "The configuration of the HiveMQ Kafka Bridge has {}:\n{}",
                    Wording.count(e.problems().size(), "problem"),
                    e.getMessage());
            output.preventExtensionStartup(
                    "its configuration can't be used (see the error above). Mend " + place.config()
                            + ", delete the file " + place.home().resolve("DISABLED") + " and restart HiveMQ.");
        } catch (final RuntimeException | LinkageError e) {
            LOG.error(
                    "An unexpected error while the HiveMQ Kafka Bridge starts; nothing of it runs. Please report it.",
                    e);
            output.preventExtensionStartup("of an unexpected error (see above). To try again, delete the file "
                    + place.home().resolve("DISABLED") + " and restart HiveMQ.");
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

    private static void tell(final RunningBridge.Place place, final BridgeConfig config) {
        config.warnings().forEach(warning -> LOG.warn("Look at the configuration {}: {}", place.config(), warning));
        LOG.info(
                "HiveMQ Kafka Bridge {} started with {}: {} to {}.",
                place.version(),
                place.config(),
                Wording.count(config.mappings().size(), "mapping"),
                config.clusters().stream().map(KafkaBridgeExtension::show).collect(Collectors.joining(", ")));
    }

    private static String show(final KafkaCluster cluster) {
        return "Kafka cluster '" + cluster.id() + "' (" + cluster.bootstrapServers() + ")";
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
    public CompletableFuture<Void> disconnect(final String clientId, final String reason) {
        return Services.clientService()
                .disconnectClient(clientId, false, DisconnectReasonCode.SERVER_BUSY, reason)
                .thenAccept(wasConnected -> {});
    }
}
