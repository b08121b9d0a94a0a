package io.kafkabridge.extension.bridge;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.intake.Gate;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.Monitoring;
import io.kafkabridge.extension.monitoring.http.MonitoringServer;
import io.kafkabridge.extension.monitoring.page.ConfigStatus;
import io.kafkabridge.extension.monitoring.page.ConfigStatus.State;

/**
 * Decides which configuration counts: the file's; while that has mistakes, the last one that was in force; without one, none, and
 * the gate is closed until the file is mended. Once one counts, one always does. For one thread at a time.
 */
final class ConfigInForce {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigInForce.class);

    private static final BridgeConfig NONE =
            new BridgeConfig(List.of(), List.of(), Optional.empty(), Set.of(), List.of());

    private final RunningBridge.Place place;
    private final Bridge bridge;
    private final MonitoringServer monitoring;
    private final Gate gate;
    private final KeptConfig kept;
    private BridgeConfig config = NONE;

    ConfigInForce(
            final RunningBridge.Place place, final Bridge bridge, final MonitoringServer monitoring, final Gate gate) {
        this.place = place;
        this.bridge = bridge;
        this.monitoring = monitoring;
        this.gate = gate;
        kept = new KeptConfig(place.data());
    }

    /** The files that it depends on. */
    Set<Path> files() {
        return config.files();
    }

    /** Begins with what was read at the start. */
    void begin(final ConfigReading first) throws InterruptedException {
        if (first.config() != null) {
            put(first.config(), ConfigStatus.IN_FORCE);
            kept.keep(place.config(), first);
            started(place.config());
            return;
        }
        final ConfigException mistakes = Objects.requireNonNull(first.mistake());
        LOG.error("The configuration of the HiveMQ Kafka Bridge has {}:\n{}", count(mistakes), mistakes.getMessage());
        try {
            if (kept.exists()) {
                put(place.read(kept.file()), status(State.OLDER, mistakes));
                LOG.error(
                        "The bridge goes by the configuration that was last in force, which is kept in {}. Mend {}: it is read again when it"
                                + " changes, without a restart.",
                        kept.file(),
                        place.config());
                started(kept.file());
                return;
            }
            withNone(mistakes, mistakes.monitoring(), "and no earlier one is kept in " + kept.file());
        } catch (final ConfigException e) {
            withNone(
                    mistakes,
                    mistakes.monitoring().or(e::monitoring),
                    "and the one that was last in force has " + count(e) + " as well:\n" + e.getMessage());
        }
    }

    private void withNone(final ConfigException mistakes, final Optional<Monitoring> site, final String why) {
        if (place.openWithoutConfig()) {
            bridge.tell(status(State.OPEN, mistakes));
            LOG.error(
                    "NOTHING IS FORWARDED: clients are let in and acknowledged, as {} says, and their messages don't reach Kafka. Mend {}:"
                            + " it is read again when it changes, without a restart. There is no configuration, {}",
                    KafkaBridgeExtension.BROKEN_CONFIG_VARIABLE,
                    place.config(),
                    why);
        } else {
            gate.close();
            bridge.tell(status(State.CLOSED, mistakes));
            LOG.error(
                    "The bridge is closed: no MQTT client is let in, since nothing could be stored. Mend {}: it is read again when it"
                            + " changes, without a restart. There is no configuration, {}",
                    place.config(),
                    why);
        }
        monitoring.follow(site);
    }

    /** Takes what was read since. */
    void take(final ConfigReading reading) throws InterruptedException {
        if (reading.config() == null) {
            refuse(Objects.requireNonNull(reading.mistake()));
            return;
        }
        final BridgeConfig next = reading.config();
        final State before = bridge.configStatus().state();
        warn(next, place.config());
        final ConfigChanges changes = ConfigChanges.between(config, next);
        if (changes.isEmpty()) {
            config = next;
            bridge.tell(ConfigStatus.IN_FORCE);
            LOG.info("The configuration {} was written again and says the same.", place.config());
        } else {
            put(next, ConfigStatus.IN_FORCE);
            LOG.info("The configuration has changed and is in force. {}", changes);
        }
        if (before == State.CLOSED) {
            LOG.info("The bridge is open: clients are let in.");
        }
        kept.keep(place.config(), reading);
    }

    private void refuse(final ConfigException mistakes) {
        if (config.clusters().isEmpty()) {
            LOG.error(
                    "The changed configuration has {}, so that there still is none. Mend it; it is read again when it changes:\n{}",
                    count(mistakes),
                    mistakes.getMessage());
            bridge.tell(status(bridge.configStatus().state(), mistakes));
            if (mistakes.monitoring().isPresent()) {
                monitoring.follow(mistakes.monitoring());
            }
        } else {
            LOG.error(
                    "The changed configuration has {}, so that the one before stays in force. Mend it; it is read again when it"
                            + " changes:\n{}",
                    count(mistakes),
                    mistakes.getMessage());
            bridge.tell(status(State.OLDER, mistakes));
        }
    }

    /** Puts one into force; opens the gate when that is done. */
    private void put(final BridgeConfig next, final ConfigStatus status) throws InterruptedException {
        bridge.apply(next);
        config = next;
        bridge.tell(status);
        monitoring.follow(next.monitoring());
        gate.open();
    }

    private void started(final Path file) {
        warn(config, file);
        LOG.info(
                "HiveMQ Kafka Bridge {} started with {}: {} to {}.",
                place.version(),
                file,
                Wording.count(config.mappings().size(), "mapping"),
                config.clusters().stream().map(ConfigInForce::show).collect(Collectors.joining(", ")));
    }

    private static void warn(final BridgeConfig of, final Path file) {
        of.warnings().forEach(warning -> LOG.warn("Look at the configuration {}: {}", file, warning));
    }

    private static String show(final KafkaCluster cluster) {
        return "Kafka cluster '" + cluster.id() + "' (" + cluster.bootstrapServers() + ")";
    }

    private static String count(final ConfigException mistakes) {
        return Wording.count(mistakes.problems().size(), "problem");
    }

    /** Everybody may read it: what the problems are is in the log and on the page. */
    private static ConfigStatus status(final State state, final ConfigException mistakes) {
        final String file = "the file has " + count(mistakes) + ", see HiveMQ's log";
        return new ConfigStatus(
                state,
                switch (state) {
                    case IN_FORCE -> ConfigStatus.IN_FORCE.text();
                    case OLDER -> "an older one is in force: " + file;
                    case CLOSED -> "none, so that no client is let in: " + file;
                    case OPEN -> "none, and messages are acknowledged and lost: " + file;
                });
    }
}
