package io.kafkabridge.extension.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.KafkaCluster.KafkaProperty;
import io.kafkabridge.extension.model.KafkaCluster.Limits;

import static org.apache.kafka.clients.producer.ProducerConfig.BATCH_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.common.config.SaslConfigs.SASL_JAAS_CONFIG;
import static org.apache.kafka.common.config.SaslConfigs.SASL_MECHANISM;

/** Reads a {@code <kafka-properties>}. */
final class KafkaPropertiesReader {

    private final Section section;
    private final Limits limits;
    private final boolean hasAuthentication;
    private final Map<String, List<String>> inForce;
    private final Map<String, KafkaProperty> all = new HashMap<>();

    private KafkaPropertiesReader(
            final Section section,
            final Limits limits,
            final boolean hasAuthentication,
            final Map<String, List<String>> inForce) {
        this.section = section;
        this.limits = limits;
        this.hasAuthentication = hasAuthentication;
        this.inForce = inForce;
    }

    /**
     * Reads it.
     *
     * @param limits those of the cluster
     * @param hasAuthentication whether the cluster has an {@code <authentication>}
     * @param inForce see {@link KafkaPropertyRules#inForce}
     */
    static List<KafkaProperty> read(
            final Section section,
            final Limits limits,
            final boolean hasAuthentication,
            final Map<String, List<String>> inForce) {
        final KafkaPropertiesReader reader =
                new KafkaPropertiesReader(section.allow("property"), limits, hasAuthentication, inForce);
        final List<KafkaProperty> properties = new ArrayList<>();
        for (final Section child : section.sections("property")) {
            final @Nullable KafkaProperty property = reader.property(child.allow("name", "value"));
            if (property != null) {
                properties.add(property);
            }
        }
        reader.checkTogether();
        return properties;
    }

    private @Nullable KafkaProperty property(final Section child) {
        if (saysWhatIsSo(child)) {
            return null;
        }
        final @Nullable String name = child.required("name", this::name);
        final @Nullable String value =
                child.required("value", text -> name == null ? text : value(child.element(), name, text));
        if (name == null || value == null) {
            return null;
        }
        final KafkaProperty property = new KafkaProperty(name, value, KafkaPropertyRules.isSecret(name));
        all.put(name, property);
        return property;
    }

    /** Whether a property that has an element, or that nobody may change, has the value that it has anyway. */
    private boolean saysWhatIsSo(final Section child) {
        final List<String> values =
                child.optional("name", String::strip).map(inForce::get).orElse(List.of());
        return !values.isEmpty()
                && child.optional("value", String::strip)
                        .filter(value -> values.stream().anyMatch(value::equalsIgnoreCase))
                        .isPresent();
    }

    private String name(final String text) {
        if (all.containsKey(text)) {
            throw new IllegalArgumentException("is set twice; keep one");
        }
        return KafkaPropertyRules.name(text, hasAuthentication);
    }

    /** Shows what stands in the file, unless that is a password or comes from elsewhere. */
    private static String value(final Element property, final String name, final String text) {
        final boolean literal = property.children().stream()
                .anyMatch(child -> child.name().equals("value") && child.text().equals(text));
        return KafkaPropertyRules.value(name, text, literal && !KafkaPropertyRules.isSecret(name));
    }

    /** What the producer would refuse, or would wait for without end, once it is made. */
    private void checkTogether() {
        final long delivery = limits.deliveryTimeout().toMillis();
        final long linger = number(LINGER_MS_CONFIG);
        if (linger > delivery / 2) {
            section.problem("linger.ms must be at most half of <delivery-timeout>, " + delivery / 2 + " here");
        } else if (linger + number(REQUEST_TIMEOUT_MS_CONFIG) > delivery) {
            section.problem("request.timeout.ms and linger.ms together must be at most <delivery-timeout>, " + delivery
                    + " here");
        }
        if (number(BATCH_SIZE_CONFIG) > limits.maxInFlight()) {
            section.problem("batch.size must be at most <max-in-flight>, " + limits.maxInFlight() + " here");
        }
        if (all.containsKey(SASL_JAAS_CONFIG) && !all.containsKey(SASL_MECHANISM)) {
            section.problem("sasl.jaas.config has no effect without sasl.mechanism; add it");
        }
    }

    /** The value of a number; 0 when it isn't set. */
    private long number(final String name) {
        final @Nullable KafkaProperty property = all.get(name);
        return property == null ? 0 : Long.parseLong(property.value().strip());
    }
}
