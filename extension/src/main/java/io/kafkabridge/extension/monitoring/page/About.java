package io.kafkabridge.extension.monitoring.page;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.config.ConfigPrinter;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.Mapping;
import io.kafkabridge.extension.record.HeldBack;

/**
 * What changes only with the configuration: the first part of the page's JSON.
 *
 * @param version of the bridge
 * @param started when it started, in milliseconds since 1970
 * @param configFile the configuration file
 * @param configuration what is in force, as lines, without secrets
 * @param mappings those that are shown
 * @param moreMappings how many aren't
 * @param rejectedCommand the command that lists rejected records
 */
record About(
        String version,
        long started,
        String configFile,
        String configuration,
        List<MappingAbout> mappings,
        int moreMappings,
        String rejectedCommand) {

    /**
     * A mapping.
     *
     * @param conditions what it holds back by beyond topics
     * @param example null when none was found
     */
    record MappingAbout(
            String id,
            String cluster,
            List<String> filters,
            List<String> excepts,
            List<String> conditions,
            String kafkaTopic,
            @Nullable String key,
            @Nullable MappingExample example) {

        static MappingAbout of(final Mapping mapping) {
            return new MappingAbout(
                    mapping.id(),
                    mapping.clusterId(),
                    mapping.topicFilters().stream().map(Object::toString).toList(),
                    mapping.excepts().stream().map(Object::toString).toList(),
                    HeldBack.of(mapping).stream().map(HeldBack::reason).toList(),
                    mapping.kafkaTopic().name().toString(),
                    mapping.key().map(Object::toString).orElse(null),
                    orNull(MappingExample.of(mapping)));
        }
    }

    static About of(final BridgeConfig config, final Installation installation) {
        final StringBuilder text = new StringBuilder();
        config.clusters().forEach(cluster -> text.append(ConfigPrinter.print("kafka-cluster", cluster, 0)));
        Sample.shown(config).forEach(mapping -> text.append(ConfigPrinter.print("mqtt-to-kafka-mapping", mapping, 0)));
        text.append(ConfigPrinter.print("monitoring", config.monitoring(), 0));
        final List<MappingAbout> mappings =
                Sample.shown(config).stream().map(MappingAbout::of).toList();
        return new About(
                installation.version(),
                installation.started().toEpochMilli(),
                installation.config().toString(),
                text.toString(),
                mappings,
                config.mappings().size() - mappings.size(),
                "java -jar " + installation.jar() + " rejected list");
    }

    private static <T> @Nullable T orNull(final Optional<T> value) {
        return value.isPresent() ? value.get() : null;
    }
}
