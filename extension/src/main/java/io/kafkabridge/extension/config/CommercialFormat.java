package io.kafkabridge.extension.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.Problem;

/**
 * What files of HiveMQ's commercial Kafka extension say beyond ours. Works on the parsed file before it is read, so the readers
 * know nothing of it: older names become today's, and what the bridge doesn't do is refused, or left out when
 * {@code <unsupported-elements>} says so. What can't be done as a whole is left out as a whole: nothing is forwarded in
 * another way than the file means.
 */
final class CommercialFormat {

    /**
     * An element that the bridge has nothing like.
     *
     * @param whole the name of what is left out with it: its own, or that of an element around it
     * @param why what isn't supported, and what to use instead
     */
    private record Unsupported(String whole, String why) {}

    private static final String MAPPING = "mqtt-to-kafka-mapping";
    private static final String CLUSTER = "kafka-cluster";

    private static final String TO_MQTT = "forwarding from Kafka to MQTT isn't supported";
    private static final String JAVA =
            "Java transformers aren't supported; use <json>, <filter>, <headers> and templates"
                    + " in an <mqtt-to-kafka-mapping>";
    private static final String SCHEMAS = "schema registries aren't supported; payloads are forwarded as they are";
    private static final String KERBEROS = "Kerberos isn't supported; use <plain>, <scram-sha256>, <scram-sha512>,"
            + " <oauthbearer>, or a client certificate: <keystore> in <tls>";

    /** By {@link Element#path()}. */
    private static final Map<String, Unsupported> UNSUPPORTED = Map.of(
            "kafka-configuration > mqtt-to-kafka-transformers", new Unsupported("mqtt-to-kafka-transformers", JAVA),
            "kafka-configuration > kafka-to-mqtt-mappings", new Unsupported("kafka-to-mqtt-mappings", TO_MQTT),
            "kafka-configuration > kafka-to-mqtt-transformers", new Unsupported("kafka-to-mqtt-transformers", TO_MQTT),
            "kafka-configuration > schema-registries", new Unsupported("schema-registries", SCHEMAS),
            "kafka-configuration > kafka-schema-registries", new Unsupported("kafka-schema-registries", SCHEMAS),
            "mqtt-to-kafka-mapping > transformer", new Unsupported(MAPPING, JAVA),
            "authentication > gssapi", new Unsupported(CLUSTER, KERBEROS));

    private final Element root;
    private final List<Problem> problems;
    private final List<Problem> warnings = new ArrayList<>();

    private CommercialFormat(final Element root, final List<Problem> problems) {
        this.root = root;
        this.problems = problems;
    }

    /**
     * Makes a file of the commercial extension one of ours.
     *
     * @param problems gets what is refused
     * @return what is left out, or done otherwise than the file says
     */
    static List<Problem> adapt(final Section root, final List<Problem> problems) {
        final boolean ignore =
                root.optional("unsupported-elements", CommercialFormat::ignore).orElse(false);
        final CommercialFormat format = new CommercialFormat(root.element(), problems);
        format.useTodaysNames();
        root.element().all().forEach(element -> format.check(element, ignore));
        root.sections("mqtt-to-kafka-mappings").stream()
                .flatMap(mappings -> mappings.sections(MAPPING).stream())
                .forEach(format::checkAcks);
        return format.warnings;
    }

    private static boolean ignore(final String text) {
        return switch (text) {
            case "refuse" -> false;
            case "ignore" -> true;
            default -> throw new IllegalArgumentException("must be refuse or ignore");
        };
    }

    /** The first version went in one direction only, so its elements didn't say in which. */
    private void useTodaysNames() {
        for (final Element mappings : root.children("topic-mappings")) {
            mappings.rename("mqtt-to-kafka-mappings");
            mappings.children("topic-mapping").forEach(mapping -> mapping.rename(MAPPING));
        }
    }

    private void check(final Element element, final boolean ignore) {
        final @Nullable Unsupported unsupported = UNSUPPORTED.get(element.path());
        if (unsupported == null) {
            return;
        }
        final Element whole = element.around(unsupported.whole());
        final List<Element> mappings = whole.name().equals(CLUSTER) ? mappingsTo(whole) : List.of();
        final String what = ids(List.of(whole)) + (mappings.isEmpty() ? "" : " and its mappings: " + ids(mappings));
        if (ignore) {
            warnings.add(element.problem(unsupported.why() + ". Left out: " + what));
            whole.remove();
            mappings.forEach(Element::remove);
        } else {
            problems.add(element.problem(
                    unsupported.why() + ". <unsupported-elements>ignore</unsupported-elements> leaves out " + what
                            + ", and starts the rest"));
            // Told: nothing more is to be said about it, nor about an <authentication> without it.
            element.around("authentication").remove();
        }
    }

    private List<Element> mappingsTo(final Element cluster) {
        final String id = text(cluster, "id");
        return root.all()
                .filter(element -> element.name().equals(MAPPING)
                        && text(element, "cluster-id").equals(id))
                .toList();
    }

    /** The ids of the elements, or, of a list that has none itself, of what is in it. */
    private static String ids(final List<Element> elements) {
        final String ids = elements.stream()
                .flatMap(element -> element.children("id").isEmpty() ? element.children().stream() : Stream.of(element))
                .map(element -> text(element, "id"))
                .filter(id -> !id.isEmpty())
                .collect(Collectors.joining(", "));
        return ids.isEmpty() ? "it" : ids;
    }

    private static String text(final Element element, final String child) {
        return element.children(child).stream().findFirst().map(Element::text).orElse("");
    }

    private void checkAcks(final Section mapping) {
        final boolean fewer =
                mapping.optional("kafka-acks", CommercialFormat::isLessThanAll).orElse(false);
        for (final Element acks : mapping.element().children("kafka-acks")) {
            if (fewer) {
                warnings.add(acks.problem("\"" + acks.text()
                        + "\" is not followed: the bridge always waits for all in-sync replicas (ALL)"));
            }
            acks.remove();
        }
    }

    private static boolean isLessThanAll(final String text) {
        return switch (text) {
            case "ALL" -> false;
            case "ONE", "ZERO" -> true;
            default -> throw new IllegalArgumentException("must be ALL, ONE or ZERO");
        };
    }
}
