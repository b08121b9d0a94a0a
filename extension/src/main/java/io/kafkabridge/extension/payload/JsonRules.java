package io.kafkabridge.extension.payload;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.Mapping.JsonSettings;

/** What a mapping does with JSON payloads. Thread-safe. */
public final class JsonRules {

    private final @Nullable JsonExpression condition;
    private final @Nullable JsonExpression value;

    /** Makes a mapping's settings ready. */
    public JsonRules(final JsonSettings settings) {
        condition = settings.condition()
                .map(text -> new JsonExpression("condition", text))
                .orElse(null);
        value = settings.value().map(text -> new JsonExpression("value", text)).orElse(null);
    }

    /**
     * The value of a publish's record.
     *
     * @param payload its payload
     * @param publish what else expressions see of it
     * @return null when the condition holds the publish back
     * @throws UnfitException when the payload isn't JSON, or an expression fails on it
     */
    public byte @Nullable [] apply(final byte[] payload, final Metadata publish) throws UnfitException {
        final Bounds bounds = new Bounds();
        try {
            final Object document = JsonInput.read(payload, bounds);
            if (condition != null && !new Values(bounds).isTrue(condition.evaluate(document, publish, bounds))) {
                return null;
            }
            if (value == null) {
                return payload;
            }
            final Object result = value.evaluate(document, publish, bounds);
            if (result == null) {
                throw new UnfitException("<value> comes out as nothing");
            }
            return JsonOutput.write(result, bounds);
        } catch (final StackOverflowError e) {
            throw new UnfitException("the payload's JSON: it nests too deep");
        } catch (final Bounds.ExceededException e) {
            throw new UnfitException("the payload's JSON: " + e.getMessage());
        }
    }
}
