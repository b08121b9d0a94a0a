package io.kafkabridge.extension.record;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.Glob;
import io.kafkabridge.extension.model.KafkaTopic;
import io.kafkabridge.extension.payload.UnfitException;

/**
 * The Kafka topics of a mapping's records. A constant one costs nothing, and a name that was made before one look-up without a
 * lock. Two names never become one: a slash is replaced only where the other character doesn't occur. Thread-safe.
 */
final class KafkaTopics {

    private final @Nullable String constant;
    private final PublishText name;
    private final @Nullable Character slashReplacement;
    private final int maxTopics;
    private final List<Glob> allowed;

    /** The Kafka topics that were made so far, by what came out of the template. */
    private final ConcurrentMap<String, String> known = new ConcurrentHashMap<>();

    KafkaTopics(final KafkaTopic settings) {
        constant = settings.constant().orElse(null);
        name = PublishText.compile(settings.name());
        slashReplacement = settings.slashReplacement().orElse(null);
        maxTopics = settings.maxTopics();
        allowed = settings.allowed();
    }

    /** What comes out of the template, legal or not. */
    String rendered(final Publish publish) {
        return Objects.requireNonNull(name.of(publish));
    }

    /**
     * The Kafka topic of a publish.
     *
     * @throws UnfitException when it isn't legal, or may not be used
     */
    String of(final Publish publish) throws UnfitException {
        if (constant != null) {
            return constant;
        }
        final String rendered = rendered(publish);
        final String topic = known.get(rendered);
        return topic != null ? topic : add(rendered);
    }

    private String add(final String rendered) throws UnfitException {
        final String topic = withoutSlashes(rendered);
        final String problem = KafkaTopic.problem(topic);
        if (problem != null) {
            throw new UnfitException("the Kafka topic comes out as \"" + rendered + "\": " + problem);
        }
        if (!allowed.isEmpty() && allowed.stream().noneMatch(pattern -> pattern.matches(topic))) {
            throw new UnfitException("the Kafka topic \"" + topic + "\" isn't among <allowed-kafka-topics>");
        }
        if (known.size() < maxTopics && addOneMore(rendered, topic)) {
            return topic;
        }
        throw new UnfitException(
                "the Kafka topic \"" + topic + "\" would be one more than <max-kafka-topics>, " + maxTopics);
    }

    private synchronized boolean addOneMore(final String rendered, final String topic) {
        if (known.size() < maxTopics || known.containsKey(rendered)) {
            known.put(rendered, topic);
            return true;
        }
        return false;
    }

    private String withoutSlashes(final String rendered) throws UnfitException {
        if (slashReplacement == null) {
            return rendered;
        }
        if (rendered.indexOf(slashReplacement) >= 0) {
            throw new UnfitException(
                    "the Kafka topic comes out as \"" + rendered + "\", which has a \"" + slashReplacement
                            + "\", as <slash-replacement> makes them of slashes: two names could become one");
        }
        return rendered.replace('/', slashReplacement);
    }
}
