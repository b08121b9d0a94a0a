package io.kafkabridge.extension.config;

import java.util.List;

import io.kafkabridge.extension.model.Glob;
import io.kafkabridge.extension.model.PublishFilter;
import io.kafkabridge.extension.model.PublishFilter.Retained;

/** Reads a mapping's {@code <filter>}. */
final class PublishFilterReader {

    /** More than MQTT allows for a packet. */
    private static final long MAX_PAYLOAD = 256L << 20;

    private PublishFilterReader() {}

    static PublishFilter read(final Section section) {
        section.allow("min-qos", "retained", "client-ids", "usernames", "min-payload", "max-payload");
        final PublishFilter all = PublishFilter.ALL;
        final PublishFilter filter = new PublishFilter(
                section.optional("min-qos", text -> Values.intBetween(text, 0, 2))
                        .orElse(all.minQos()),
                section.optional("retained", PublishFilterReader::retained).orElse(all.retained()),
                globs(section, "client-ids", "client-id"),
                globs(section, "usernames", "username"),
                section.optional("min-payload", PublishFilterReader::payload).orElse(all.minPayload()),
                section.optional("max-payload", PublishFilterReader::payload).orElse(all.maxPayload()));
        if (filter.minPayload() > filter.maxPayload()) {
            section.problem("<min-payload> is more than <max-payload>, so no publish gets through");
        }
        return filter;
    }

    private static Retained retained(final String text) {
        return switch (text) {
            case "any" -> Retained.ANY;
            case "only" -> Retained.ONLY;
            case "never" -> Retained.NEVER;
            default -> throw new IllegalArgumentException("must be only, never or any");
        };
    }

    private static long payload(final String text) {
        return Values.sizeBetween(text, 0, MAX_PAYLOAD);
    }

    private static List<Glob> globs(final Section section, final String list, final String name) {
        return section.section(list).map(child -> globs(child, name)).orElse(List.of());
    }

    /** The patterns of a list, at least one. */
    static List<Glob> globs(final Section section, final String name) {
        return section.listOf(name).list(name, Glob::parse);
    }
}
