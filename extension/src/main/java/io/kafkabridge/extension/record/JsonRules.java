package io.kafkabridge.extension.record;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.Mapping.JsonSettings;

/** What a mapping does with JSON payloads. Thread-safe. */
final class JsonRules {

    private final @Nullable JsonExpression condition;
    private final @Nullable JsonExpression value;

    JsonRules(final JsonSettings settings) {
        condition = settings.condition()
                .map(text -> new JsonExpression("condition", text))
                .orElse(null);
        value = settings.value().map(text -> new JsonExpression("value", text)).orElse(null);
    }

    /**
     * The value of a publish's record.
     *
     * @return null when the condition holds the publish back
     * @throws UnfitException when the payload isn't JSON, or an expression fails on it
     */
    byte @Nullable [] apply(final Publish publish) throws UnfitException {
        final Bounds bounds = new Bounds();
        try {
            final JsonInput.Document payload = JsonInput.read(publish.payload(), bounds);
            if (condition != null && !JsonExpression.isTrue(condition.evaluate(payload, publish, bounds))) {
                return null;
            }
            if (value == null) {
                return publish.payload();
            }
            final Object result = value.evaluate(payload, publish, bounds);
            if (result == null) {
                throw new UnfitException("<value> comes out as nothing");
            }
            return JsonOutput.write(result, bounds);
        } catch (final Bounds.ExceededException e) {
            throw new UnfitException("the payload's JSON: " + e.getMessage());
        }
    }
}
