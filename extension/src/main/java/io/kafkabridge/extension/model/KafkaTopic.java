package io.kafkabridge.extension.model;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The Kafka topics of a mapping's records: one, or those that a template makes.
 *
 * @param name the name, or the template of the names
 * @param slashReplacement the character that replaces each slash of a name that comes out of a template; empty: a name with
 *     a slash is illegal
 * @param maxTopics how many different names the template may make
 * @param allowed the names that the template may make; empty: all
 */
public record KafkaTopic(Template name, Optional<Character> slashReplacement, int maxTopics, List<Glob> allowed) {

    public static final int DEFAULT_MAX_TOPICS = 1000;

    /** Characters of a name, at most. */
    public static final int MAX_LENGTH = 249;

    public KafkaTopic {
        allowed = List.copyOf(allowed);
    }

    /** The name, when it is the same for every record. */
    public Optional<String> constant() {
        return name.constant();
    }

    /**
     * What is wrong with a Kafka topic's name by Kafka's own rule ({@code org.apache.kafka.common.internals.Topic}).
     *
     * @return null when it is legal
     */
    public static @Nullable String problem(final String name) {
        if (name.equals(".") || name.equals("..")) {
            return "a Kafka topic can't be named . or ..";
        }
        boolean legal = !name.isEmpty() && name.length() <= MAX_LENGTH;
        for (int i = 0; legal && i < name.length(); i++) {
            legal = isLegal(name.charAt(i));
        }
        return legal ? null : "a Kafka topic has 1 to " + MAX_LENGTH + " letters, digits, dots, dashes or underscores";
    }

    /** Whether a Kafka topic's name may have the character. */
    public static boolean isLegal(final char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '_';
    }

    /**
     * How Kafka topics are created that don't exist. Without it, that is left to the Kafka brokers
     * ({@code auto.create.topics.enable}).
     *
     * @param partitions the number of partitions, at least 1; -1 for the brokers' default
     * @param replicationFactor the number of replicas of each, at least 1; -1 for the brokers' default
     */
    public record TopicCreation(int partitions, short replicationFactor) {}
}
