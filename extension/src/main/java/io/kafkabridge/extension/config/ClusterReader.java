package io.kafkabridge.extension.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.common.config.SaslConfigs;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.Authentication;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.KafkaCluster.KafkaProperty;
import io.kafkabridge.extension.model.KafkaCluster.Limits;
import io.kafkabridge.extension.model.KafkaCluster.SpoolSettings;
import io.kafkabridge.extension.model.Tls;

/** Reads a {@code <kafka-cluster>}. */
final class ClusterReader {

    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
    private static final long MIN_SIZE = 1L << 20;
    private static final long MAX_SIZE = 64L << 30;
    private static final long MAX_SPOOL = 64L << 40;
    private static final Duration MAX_COMMIT_PAUSE = Duration.ofSeconds(1);

    private ClusterReader() {}

    static @Nullable KafkaCluster read(final Section section, final Set<String> ids) {
        section.allow(
                "id",
                "bootstrap-servers",
                "tls",
                "authentication",
                "delivery-timeout",
                "missing-topic-timeout",
                "max-in-flight",
                "spool",
                "max-rejected",
                "dead-letter-topic",
                "shutdown-timeout",
                "kafka-properties");
        final @Nullable String id = section.required("id", ConfigFile.unique(ids));
        final Optional<Tls> tls = section.section("tls").flatMap(TlsReader::read);
        final Optional<Section> authentication = section.section("authentication");
        final Optional<Authentication> login = authentication.flatMap(AuthenticationReader::read);
        final String protocol = protocol(section, tls.isPresent());
        final @Nullable String servers =
                section.required("bootstrap-servers", text -> Values.bootstrapServers(text, protocol));
        final Limits limits = limits(section);
        final SpoolSettings spool =
                section.section("spool").map(ClusterReader::spool).orElse(SpoolSettings.DEFAULT);
        final Optional<String> deadLetterTopic = section.optional("dead-letter-topic", Values::kafkaTopic);
        final List<KafkaProperty> properties = section.section("kafka-properties")
                .map(child -> KafkaPropertiesReader.read(
                        child,
                        limits,
                        authentication.isPresent(),
                        KafkaPropertyRules.inForce(protocol, servers, tls, login, limits)))
                .orElse(List.of());
        if (id == null || servers == null) {
            return null;
        }
        return new KafkaCluster(id, servers, tls, login, limits, spool, deadLetterTopic, properties);
    }

    /** The protocol that follows from what the cluster has, right or wrong. */
    private static String protocol(final Section section, final boolean tls) {
        final boolean authentication =
                section.sections("authentication").stream().anyMatch(child -> !child.has("no-auth"));
        final boolean mechanism = section.sections("kafka-properties").stream()
                .flatMap(child -> child.sections("property").stream())
                .flatMap(child -> child.element().children("name").stream())
                .anyMatch(name -> name.text().equals(SaslConfigs.SASL_MECHANISM));
        return (authentication || mechanism ? "SASL_" : "") + (tls ? "SSL" : "PLAINTEXT");
    }

    private static Limits limits(final Section section) {
        return new Limits(
                section.optional("delivery-timeout", ClusterReader::timeout).orElse(Limits.DEFAULT.deliveryTimeout()),
                section.optional("missing-topic-timeout", ClusterReader::timeout)
                        .orElse(Limits.DEFAULT.missingTopicTimeout()),
                section.optional("max-in-flight", ClusterReader::size).orElse(Limits.DEFAULT.maxInFlight()),
                section.optional("max-rejected", ClusterReader::size).orElse(Limits.DEFAULT.maxRejected()),
                section.optional("shutdown-timeout", ClusterReader::timeout).orElse(Limits.DEFAULT.shutdownTimeout()));
    }

    private static SpoolSettings spool(final Section section) {
        section.allow("max-size", "min-free", "commit-pause");
        return new SpoolSettings(
                section.optional("max-size", text -> Values.sizeBetween(text, MIN_SIZE, MAX_SPOOL))
                        .orElse(SpoolSettings.DEFAULT.maxSize()),
                section.optional("min-free", text -> Values.sizeBetween(text, 0, MAX_SPOOL))
                        .orElse(SpoolSettings.DEFAULT.minFree()),
                section.optional("commit-pause", text -> Values.durationBetween(text, Duration.ZERO, MAX_COMMIT_PAUSE))
                        .orElse(SpoolSettings.DEFAULT.commitPause()));
    }

    private static Duration timeout(final String text) {
        return Values.durationBetween(text, MIN_TIMEOUT, MAX_TIMEOUT);
    }

    private static long size(final String text) {
        return Values.sizeBetween(text, MIN_SIZE, MAX_SIZE);
    }
}
