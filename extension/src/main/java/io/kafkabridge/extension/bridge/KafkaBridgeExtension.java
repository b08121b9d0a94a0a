package io.kafkabridge.extension.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Collectors;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.config.ConfigFile;
import io.kafkabridge.extension.intake.Intake;
import io.kafkabridge.extension.intake.PublishLimits;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.monitoring.http.MonitoringServer;
import io.kafkabridge.extension.monitoring.page.Installation;
import io.kafkabridge.extension.monitoring.page.StatusPage;

/** Where HiveMQ starts and stops the bridge; the only class that touches {@link Services}. */
public final class KafkaBridgeExtension implements ExtensionMain {

    /** Environment variable with the path of another {@code config.xml} than the one in the extension's folder. */
    static final String CONFIG_VARIABLE = "HIVEMQ_KAFKA_BRIDGE_CONFIG";

    private static final Logger LOG = LoggerFactory.getLogger(KafkaBridgeExtension.class);

    /**
     * Not HiveMQ's own executor: at a stop HiveMQ waits for what is scheduled there, however late it is due. Disconnecting,
     * letting acknowledgements go and sending last wills are quick.
     */
    private final ScheduledExecutorService timer = timer();

    private @Nullable Bridge bridge;
    private @Nullable ConfigWatch watch;
    private @Nullable StatusPage page;
    private @Nullable MonitoringServer monitoring;

    @Override
    public void extensionStart(final ExtensionStartInput input, final ExtensionStartOutput output) {
        final Path home =
                input.getExtensionInformation().getExtensionHomeFolder().toPath();
        final Path file = home.resolve(System.getenv().getOrDefault(CONFIG_VARIABLE, "conf/config.xml"));
        try {
            final BridgeConfig config = ConfigFile.read(file, home, System.getenv());
            start(file, home, config, input);
            config.warnings().forEach(warning -> LOG.warn("Look at the configuration {}: {}", file, warning));
            LOG.info(
                    "HiveMQ Kafka Bridge {} started with {}: {} to {}.",
                    input.getExtensionInformation().getVersion(),
                    file,
                    Wording.count(config.mappings().size(), "mapping"),
                    config.clusters().stream().map(KafkaBridgeExtension::show).collect(Collectors.joining(", ")));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            output.preventExtensionStartup("HiveMQ was stopped while the bridge started.");
        } catch (final ConfigException e) {
            LOG.error(
                    "The configuration of the HiveMQ Kafka Bridge has {}:\n{}",
                    Wording.count(e.problems().size(), "problem"),
                    e.getMessage());
            output.preventExtensionStartup("its configuration can't be used (see the error above). Mend " + file
                    + ", delete the file " + home.resolve("DISABLED") + " and restart HiveMQ.");
        }
    }

    private void start(final Path file, final Path home, final BridgeConfig config, final ExtensionStartInput input)
            throws InterruptedException {
        final Intake intake = new Intake(
                KafkaBridgeExtension::disconnect,
                PublishLimits.ofHiveMq(
                        input.getServerInformation().getHomeFolder().toPath()),
                this::patience,
                timer,
                clientId -> Services.clientService().getSession(clientId));
        final Path data = input.getServerInformation().getDataFolder().toPath().resolve("hivemq-kafka-bridge");
        final String version = input.getExtensionInformation().getVersion();
        final Bridge made = new Bridge(data, Services.metricRegistry(), intake::follow);
        bridge = made;
        final StatusPage shown = new StatusPage(
                made,
                Services.metricRegistry(),
                new Installation(
                        version, Instant.now(), file, data, home.resolve("hivemq-kafka-bridge-" + version + ".jar")));
        page = shown;
        made.apply(config);
        final MonitoringServer server = new MonitoringServer(MonitoringSite.of(made, Services.metricRegistry(), shown));
        monitoring = server;
        server.follow(config.monitoring());
        Services.eventRegistry().setClientLifecycleEventListener(intake.connections());
        Services.initializerRegistry().setClientInitializer(intake);
        watch = new ConfigWatch(file, home, System.getenv(), made, server);
        watch.start();
    }

    private Duration patience() {
        return bridge == null ? Duration.ZERO : bridge.patience();
    }

    private static ScheduledExecutorService timer() {
        final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1,
                action -> {
                    final Thread thread = new Thread(action, "hivemq-kafka-bridge-timer");
                    thread.setDaemon(true);
                    return thread;
                },
                // After a stop; an exception out of an interceptor would acknowledge.
                new ThreadPoolExecutor.DiscardPolicy());
        // The will of a client that comes back needn't be kept until its delay is over.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static CompletableFuture<Void> disconnect(final String clientId, final String reason) {
        return Services.clientService()
                .disconnectClient(clientId, false, DisconnectReasonCode.SERVER_BUSY, reason)
                .thenAccept(wasConnected -> {});
    }

    private static String show(final KafkaCluster cluster) {
        return "Kafka cluster '" + cluster.id() + "' (" + cluster.bootstrapServers() + ")";
    }

    @Override
    public void extensionStop(final ExtensionStopInput input, final ExtensionStopOutput output) {
        final long start = System.nanoTime();
        if (watch != null) {
            watch.stop();
        }
        if (monitoring != null) {
            monitoring.stop();
        }
        if (page != null) {
            page.close();
        }
        if (bridge != null) {
            bridge.stop();
        }
        timer.shutdownNow();
        LOG.info("HiveMQ Kafka Bridge stopped, within {}.", Wording.time(Duration.ofNanos(System.nanoTime() - start)));
    }
}
