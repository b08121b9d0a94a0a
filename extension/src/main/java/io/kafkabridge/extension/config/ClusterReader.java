package io.kafkabridge.extension.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.config.Authentication.Mechanism;

import static io.kafkabridge.extension.config.KafkaCluster.DEFAULT_DELIVERY_TIMEOUT;
import static io.kafkabridge.extension.config.KafkaCluster.DEFAULT_MAX_IN_FLIGHT;
import static io.kafkabridge.extension.config.KafkaCluster.DEFAULT_MAX_REJECTED;
import static io.kafkabridge.extension.config.KafkaCluster.DEFAULT_MISSING_TOPIC_TIMEOUT;
import static io.kafkabridge.extension.config.KafkaCluster.DEFAULT_SHUTDOWN_TIMEOUT;

/** Reads a {@code <kafka-cluster>}. */
final class ClusterReader {

    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
    private static final long MIN_SIZE = 1L << 20;
    private static final long MAX_SIZE = 64L << 30;
    private static final long MAX_SPOOL = 64L << 40;
    private static final Duration MAX_COMMIT_PAUSE = Duration.ofSeconds(1);

    private ClusterReader() {}

    static @Nullable KafkaCluster read(final Section section, final Path home, final Set<String> ids) {
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
                "shutdown-timeout");
        final @Nullable String id = section.required("id", ConfigFile.unique(ids));
        final @Nullable String servers = section.required("bootstrap-servers", Values::bootstrapServers);
        final Optional<Tls> tls = section.section("tls").flatMap(child -> tls(child, home));
        final Optional<Authentication> authentication =
                section.section("authentication").flatMap(ClusterReader::authentication);
        final Duration deliveryTimeout =
                section.optional("delivery-timeout", ClusterReader::timeout).orElse(DEFAULT_DELIVERY_TIMEOUT);
        final Duration missingTopicTimeout = section.optional("missing-topic-timeout", ClusterReader::timeout)
                .orElse(DEFAULT_MISSING_TOPIC_TIMEOUT);
        final Duration shutdownTimeout =
                section.optional("shutdown-timeout", ClusterReader::timeout).orElse(DEFAULT_SHUTDOWN_TIMEOUT);
        final long maxInFlight = section.optional("max-in-flight", text -> Values.sizeBetween(text, MIN_SIZE, MAX_SIZE))
                .orElse(DEFAULT_MAX_IN_FLIGHT);
        final long maxRejected = section.optional("max-rejected", text -> Values.sizeBetween(text, MIN_SIZE, MAX_SIZE))
                .orElse(DEFAULT_MAX_REJECTED);
        final SpoolSettings spool =
                section.section("spool").map(ClusterReader::spool).orElse(SpoolSettings.DEFAULT);
        final Optional<String> deadLetterTopic = section.optional("dead-letter-topic", Values::kafkaTopic);
        if (id == null || servers == null) {
            return null;
        }
        return new KafkaCluster(
                id,
                servers,
                tls,
                authentication,
                deliveryTimeout,
                missingTopicTimeout,
                maxInFlight,
                spool,
                maxRejected,
                deadLetterTopic,
                shutdownTimeout);
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

    private static Optional<Tls> tls(final Section section, final Path home) {
        section.allow("enabled", "ca-file", "truststore", "hostname-verification");
        final boolean enabled = section.optional("enabled", Values::bool).orElse(true);
        final Optional<Path> caFile = section.optional("ca-file", text -> file(text, home, enabled));
        final Optional<Section> truststore = section.section("truststore");
        truststore.ifPresent(child -> child.allow("path", "password"));
        final Optional<Path> truststorePath =
                truststore.map(child -> child.required("path", text -> file(text, home, enabled)));
        final Optional<Secret> password =
                truststore.flatMap(child -> child.optional("password", text -> new Secret(Values.nonEmpty(text))));
        final boolean verification =
                section.optional("hostname-verification", Values::bool).orElse(true);
        if (caFile.isPresent() && truststore.isPresent()) {
            section.problem("<ca-file> and <truststore> both say whom to trust; keep one");
        }
        return enabled ? Optional.of(new Tls(caFile, truststorePath, password, verification)) : Optional.empty();
    }

    private static Path file(final String text, final Path home, final boolean mustExist) {
        final Path file = home.resolve(Path.of(Values.nonEmpty(text)));
        if (mustExist && !Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no readable file " + file);
        }
        return file;
    }

    private static Optional<Authentication> authentication(final Section section) {
        section.allow("no-auth", "plain", "scram-sha256", "scram-sha512");
        final List<Optional<Authentication>> found = new ArrayList<>();
        for (final Mechanism mechanism : Mechanism.values()) {
            section.section(mechanism.element()).ifPresent(child -> found.add(credentials(child, mechanism)));
        }
        section.section("no-auth").ifPresent(child -> found.add(Optional.empty()));
        if (found.size() != 1) {
            section.problem("it takes one of <plain>, <scram-sha256>, <scram-sha512> and <no-auth>");
            return Optional.empty();
        }
        return found.get(0);
    }

    private static Optional<Authentication> credentials(final Section section, final Mechanism mechanism) {
        section.allow("username", "password");
        final @Nullable String username = section.required("username", Values::nonEmpty);
        final @Nullable Secret password = section.required("password", text -> new Secret(Values.nonEmpty(text)));
        return username == null || password == null
                ? Optional.empty()
                : Optional.of(new Authentication(mechanism, username, password));
    }
}
