package io.kafkabridge.extension.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.kafkabridge.common.Secret;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.Mapping;
import io.kafkabridge.extension.model.Monitoring;
import io.kafkabridge.extension.model.Problem;

/** Reads {@code config.xml}, in the format of HiveMQ's commercial Kafka extension. */
public final class ConfigFile {

    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*|(?=.*:.*:)[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?");

    private ConfigFile() {}

    /**
     * Reads and checks a configuration file.
     *
     * @param file the file
     * @param home the folder that relative paths in it start from
     * @param environment the environment variables for its placeholders
     * @throws ConfigException when it can't be used; carries all problems at once
     */
    public static BridgeConfig read(final Path file, final Path home, final Map<String, String> environment)
            throws ConfigException {
        final List<Problem> problems = new ArrayList<>();
        final List<Problem> warnings = new ArrayList<>();
        final Element rootElement = ElementParser.parse(file);
        if (!rootElement.name().equals("kafka-configuration")) {
            throw new ConfigException(
                    file, List.of(rootElement.problem("the root element must be <kafka-configuration>")), Set.of(file));
        }
        final SourceFiles files = new SourceFiles(file, home);
        final Section root = new Section(rootElement, new Placeholders(environment, files), problems, warnings);
        warnings.addAll(CommercialFormat.adapt(root, problems));
        root.allow("kafka-clusters", "mqtt-to-kafka-mappings", "monitoring", "unsupported-elements");
        // Ids of broken clusters count: a mapping that names one isn't wrong for that.
        final Set<String> clusterIds = new LinkedHashSet<>();
        final List<KafkaCluster> clusters = clusters(root, clusterIds);
        final List<Mapping> mappings = mappings(root, clusterIds);
        final int elsewhere = problems.size();
        final Optional<Monitoring> monitoring = root.section("monitoring").map(ConfigFile::monitoring);
        if (!problems.isEmpty()) {
            throw new ConfigException(
                    file, inOrder(problems), files.all(), problems.size() == elsewhere ? monitoring : Optional.empty());
        }
        return new BridgeConfig(clusters, mappings, monitoring, files.all(), inOrder(warnings));
    }

    private static List<Problem> inOrder(final List<Problem> problems) {
        return problems.stream()
                .distinct() // One is noted each time somebody asks for the same element.
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    private static List<KafkaCluster> clusters(final Section root, final Set<String> ids) {
        return listOf(root.requiredSection("kafka-clusters"), "kafka-cluster")
                .map(section -> ClusterReader.read(section, ids))
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<Mapping> mappings(final Section root, final Set<String> clusterIds) {
        final Set<String> ids = new HashSet<>();
        return listOf(root.requiredSection("mqtt-to-kafka-mappings"), "mqtt-to-kafka-mapping")
                .map(section -> MappingReader.read(section, clusterIds, ids))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Stream<Section> listOf(final Section list, final String name) {
        return list.listOf(name).sections(name).stream();
    }

    static Function<String, String> unique(final Set<String> ids) {
        return text -> {
            if (!ids.add(Values.id(text))) {
                throw new IllegalArgumentException("this id is taken already; every id stands once");
            }
            return text;
        };
    }

    private static Monitoring monitoring(final Section section) {
        section.allow("port", "bind-address", "username", "password");
        final Optional<String> username = section.optional("username", ConfigFile::username);
        final Optional<Secret> password = section.optional("password", Values::secret);
        if (section.has("username") != section.has("password")) {
            section.problem("<username> and <password> go together; write both or none");
        }
        return new Monitoring(
                section.optional("bind-address", ConfigFile::address).orElse(Monitoring.DEFAULT_ADDRESS),
                section.optional("port", text -> Values.intBetween(text, 1, 65_535))
                        .orElse(Monitoring.DEFAULT_PORT),
                username.flatMap(name -> password.map(secret -> new Monitoring.User(name, secret))));
    }

    private static String address(final String text) {
        if (!ADDRESS.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be an address of this machine, such as 127.0.0.1, ::1, or 0.0.0.0 for all of them");
        }
        return text;
    }

    private static String username(final String text) {
        if (text.contains(":")) {
            throw new IllegalArgumentException("has a colon in it, which basic authentication can't transmit");
        }
        return Values.nonEmpty(text);
    }
}
