package io.kafkabridge.extension.payload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.payload.JsonInput.Document;

/**
 * A JSONata expression, made ready for many payloads. Whatever it does, and whatever a payload makes it do, it ends within its
 * {@link Bounds} and harms nobody else. Thread-safe: JSONata keeps what changes in the frame of each evaluation.
 */
final class JsonExpression {

    private final String name;
    private final Jsonata expression;
    private final boolean usesUserProperties;

    /** The transform operator copies what it changes by way of text, and makes doubles of all numbers. */
    private final boolean mayTransform;

    /**
     * Compiles an expression.
     *
     * @param name what it is called in reasons
     * @param text checked at load
     */
    JsonExpression(final String name, final String text) {
        this.name = name;
        expression = Jsonata.jsonata(text);
        expression.setValidateInput(false); // It comes from our own reader.
        expression.setOutputConvertNulls(false); // A JSON null isn't nothing.
        usesUserProperties = text.contains("$userProperties");
        mayTransform = text.contains("|");
        JsonFunctions.register(expression);
    }

    /**
     * Evaluates it.
     *
     * @return null for nothing (JSONata's undefined)
     * @throws UnfitException when it fails; the reason doesn't quote the payload
     */
    @Nullable
    Object evaluate(final Document payload, final Metadata publish, final Bounds bounds) throws UnfitException {
        if (mayTransform && payload.exceedsDoubles()) {
            throw new UnfitException("<" + name + ">: its | operator would round a number of the payload");
        }
        final Jsonata.Frame frame = expression.createFrame();
        frame.setEvaluateEntryCallback((symbol, input, environment) -> bounds.enter());
        frame.setEvaluateExitCallback((symbol, input, environment, result) -> {
            bounds.leave();
            if (result instanceof Pattern) { // Refused at load; there is no bound for how long one takes.
                throw new Bounds.ExceededException("it has a regular expression");
            }
        });
        bind(frame, publish);
        try {
            return expression.evaluate(payload.value(), frame);
        } catch (final Bounds.ExceededException e) {
            throw new UnfitException("<" + name + ">: " + e.getMessage());
        } catch (final JException e) {
            throw new UnfitException("<" + name + ">: " + explain(e));
        } catch (final RuntimeException | Error e) {
            // A stack overflow, a cast that failed, even Errors that JSONata throws itself: the expression and this
            // payload
            // don't fit. What their messages say may be out of the payload.
            throw new UnfitException(
                    "<" + name + "> fails on this payload: " + e.getClass().getSimpleName());
        }
    }

    private void bind(final Jsonata.Frame frame, final Metadata publish) {
        frame.bind("topic", publish.topic());
        frame.bind("clientId", publish.clientId());
        frame.bind("username", publish.username());
        frame.bind("qos", (Object) publish.qos());
        frame.bind("retain", (Object) publish.retain());
        if (usesUserProperties) {
            frame.bind("userProperties", userProperties(publish));
        }
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

    /** JSONata's own message with the values left out, and its place in the expression. */
    private static String explain(final JException error) {
        final String code = error.getError();
        final boolean known = code != null && code.matches("[A-Z][0-9]{4}");
        return (known ? JException.msg(code, -1, "...", "...") : "it fails on this payload")
                + (error.getLocation() > 0 ? " (at character " + error.getLocation() + ")" : "");
    }

    /** Whether a result counts as true, by JSONata's rules. */
    static boolean isTrue(final @Nullable Object result) {
        return Boolean.TRUE.equals(Functions.toBoolean(result));
    }
}
