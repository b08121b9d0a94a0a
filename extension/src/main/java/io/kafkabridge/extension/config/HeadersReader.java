package io.kafkabridge.extension.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.TopicFilter;
import io.kafkabridge.extension.model.HeaderSettings;
import io.kafkabridge.extension.model.HeaderSettings.Extra;
import io.kafkabridge.extension.model.HeaderSettings.Format;
import io.kafkabridge.extension.model.HeaderSettings.Item;
import io.kafkabridge.extension.model.Template;

/** Reads a mapping's {@code <headers>}. */
final class HeadersReader {

    private static final List<String> EVENT_HEADERS =
            List.of("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time");

    private HeadersReader() {}

    /**
     * Reads them.
     *
     * @param headers empty when the mapping has none
     * @param filters the mapping's
     * @param keyIsTopic whether the key is the MQTT topic name, so that a header need not repeat it
     */
    static HeaderSettings read(
            final Optional<Section> headers, final List<TopicFilter> filters, final boolean keyIsTopic) {
        headers.ifPresent(section -> section.allow(elements()));
        final Format format = headers.flatMap(section -> section.optional("format", HeadersReader::format))
                .orElse(Format.MQTT);
        final Template source = attribute(headers, "ce-source", HeaderSettings.DEFAULT_SOURCE, filters);
        final Template type = attribute(headers, "ce-type", HeaderSettings.DEFAULT_TYPE, filters);
        headers.ifPresent(section -> refuseWithout(section, format));
        final Set<Item> items = EnumSet.noneOf(Item.class);
        for (final Item item : Item.values()) {
            final boolean on = headers.flatMap(section -> section.optional(item.element(), Values::bool))
                    .orElse(isDefault(item, format, keyIsTopic));
            if (on) {
                items.add(item);
            }
        }
        final List<Extra> extras =
                headers.map(section -> extras(section, format)).orElse(List.of());
        return new HeaderSettings(format, items, source, type, extras);
    }

    private static String[] elements() {
        final List<String> elements = new ArrayList<>(List.of("format", "ce-source", "ce-type", "header"));
        for (final Item item : Item.values()) {
            elements.add(item.element());
        }
        return elements.toArray(String[]::new);
    }

    private static Format format(final String text) {
        return switch (text) {
            case "mqtt" -> Format.MQTT;
            case "cloudevents" -> Format.CLOUDEVENTS;
            case "none" -> Format.NONE;
            default -> throw new IllegalArgumentException("must be mqtt, cloudevents or none");
        };
    }

    /**
     * What costs little is on. The user name is personal data, and the topic is mostly the key. The QoS would be one more header
     * of every record, where a packet id already tells QoS 0 from the others. CloudEvents are asked for, and get all.
     */
    private static boolean isDefault(final Item item, final Format format, final boolean keyIsTopic) {
        return switch (item) {
            case USERNAME -> false;
            case QOS -> format == Format.CLOUDEVENTS;
            case TOPIC -> format == Format.CLOUDEVENTS || (format == Format.MQTT && !keyIsTopic);
            default -> format != Format.NONE;
        };
    }

    private static void refuseWithout(final Section section, final Format format) {
        if (format != Format.CLOUDEVENTS && (section.has("ce-source") || section.has("ce-type"))) {
            section.problem("<ce-source> and <ce-type> need <format>cloudevents</format>");
        }
        if (format == Format.NONE) {
            for (final Item item : Item.values()) {
                if (section.has(item.element())) {
                    section.problem("with <format>none</format> there are no headers but <header>; remove <"
                            + item.element() + ">");
                }
            }
        }
    }

    /** A CloudEvents attribute that every event must have. */
    private static Template attribute(
            final Optional<Section> headers,
            final String element,
            final String fallback,
            final List<TopicFilter> filters) {
        return headers.flatMap(section -> section.optional(element, text -> {
                    final Template template =
                            Template.parse(Values.nonEmpty(text)).requireAlways(filters);
                    if (element.equals("ce-source")) {
                        checkUri(template.filled("x"));
                    }
                    return template;
                }))
                .orElseGet(() -> Template.parse(fallback));
    }

    private static void checkUri(final String text) {
        try {
            new URI(text);
        } catch (final URISyntaxException e) {
            throw new IllegalArgumentException("must be a URI or a part of one, such as /plant/{topic[1]}", e);
        }
    }

    private static List<Extra> extras(final Section section, final Format format) {
        final Set<String> ours = new HashSet<>();
        for (final Item item : Item.values()) {
            ours.add(item.header(format));
        }
        if (format == Format.CLOUDEVENTS) {
            ours.addAll(EVENT_HEADERS);
        }
        final Set<String> names = new HashSet<>();
        final List<Extra> extras = new ArrayList<>();
        for (final Section header : section.sections("header")) {
            header.allow("name", "value");
            final @Nullable String name = header.required("name", text -> name(text, ours, names, format));
            final @Nullable Template value = header.required("value", Template::parse);
            if (name != null && value != null) {
                extras.add(new Extra(name, value));
            }
        }
        return extras;
    }

    private static String name(
            final String text, final Set<String> ours, final Set<String> names, final Format format) {
        Values.nonEmpty(text);
        if (text.startsWith("kafka-bridge.")) {
            throw new IllegalArgumentException(
                    "names that begin with kafka-bridge. are the bridge's; choose another name");
        }
        if (ours.contains(text)) {
            throw new IllegalArgumentException("the bridge writes this header itself; choose another name");
        }
        if (format == Format.CLOUDEVENTS && text.startsWith("ce_") && !text.matches("ce_[a-z0-9]{1,20}")) {
            throw new IllegalArgumentException(
                    "an attribute of CloudEvents has 1 to 20 lower-case letters and digits after ce_");
        }
        if (!names.add(text)) {
            throw new IllegalArgumentException("this header is there already; every name stands once");
        }
        return text;
    }
}
