package io.kafkabridge.extension.payload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import org.jspecify.annotations.Nullable;

/**
 * A JSONata expression, made ready for many payloads. Whatever it does, and whatever a payload makes it do, it ends within its
 * {@link Bounds} and harms nobody else. Thread-safe: what changes belongs to the {@link Evaluation} of each thread.
 */
final class JsonExpression {

    private final String name;
    private final Jsonata expression;
    private final boolean usesUserProperties;

    /**
     * Compiles an expression.
     *
     * @param name what it is called in reasons
     * @param text checked at load
     */
    JsonExpression(final String name, final String text) {
        this.name = name;
        expression = Jsonata.jsonata(text);
        usesUserProperties = text.contains("$userProperties");
    }

    /**
     * Evaluates it.
     *
     * @return null for nothing (JSONata's undefined)
     * @throws UnfitException when it fails; the reason doesn't quote the payload
     */
    @Nullable
    Object evaluate(final Object payload, final Metadata publish, final Bounds bounds) throws UnfitException {
        try {
            return Evaluation.run(expression, payload, variables(publish), bounds);
        } catch (final Bounds.ExceededException e) {
            throw new UnfitException("<" + name + ">: " + e.getMessage());
        } catch (final JException e) {
            throw new UnfitException("<" + name + ">: " + Reasons.of(e));
        } catch (final StackOverflowError e) {
            throw new UnfitException("<" + name + ">: it calls itself too deep");
        } catch (final RuntimeException | Error e) {
            // A cast that failed, even Errors that JSONata throws itself: the expression and this payload don't fit.
            // What
            // their messages say may be out of the payload.
            throw new UnfitException("<" + name + ">: " + Reasons.unknown());
        }
    }

    private Map<String, @Nullable Object> variables(final Metadata publish) {
        final Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("topic", publish.topic());
        variables.put("clientId", publish.clientId());
        variables.put("username", publish.username());
        variables.put("qos", publish.qos());
        variables.put("retain", publish.retain());
        if (usesUserProperties) {
            variables.put("userProperties", userProperties(publish));
        }
        return variables;
    }

    /** By their names; those of the same name in a list. */
    private static Map<String, Object> userProperties(final Metadata publish) {
        final Map<String, Object> byName = new LinkedHashMap<>();
        publish.userProperties((name, value) -> byName.merge(name, value, (before, next) -> {
            final List<Object> all = before instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>();
            if (all.isEmpty()) {
                all.add(before);
            }
            all.add(next);
            return all;
        }));
        return byName;
    }
}
