package io.kafkabridge.extension.payload;

import java.util.ArrayList;
import java.util.List;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.JFunction;
import org.jspecify.annotations.Nullable;

/** A function of an expression. Thread-safe: what belongs to an evaluation comes with the call. */
final class JsonFunction extends JFunction {

    /** What it does. */
    @FunctionalInterface
    interface Body {

        /** Its result; null for undefined. */
        @Nullable
        Object call(Evaluation evaluation, Arguments arguments);
    }

    /**
     * The arguments of a call, which fit the function's signature, but for null, which fits everywhere.
     *
     * @param values null for those that are undefined, or not given
     */
    record Arguments(List<@Nullable Object> values) {

        @Nullable
        Object get(final int index) {
            return index < values.size() ? values.get(index) : null;
        }

        /** A text; null when it is undefined. */
        @Nullable
        String text(final int index) {
            return of(index, String.class);
        }

        /** A number; null when it is undefined. */
        @Nullable
        Number number(final int index) {
            return of(index, Number.class);
        }

        /** A number as a whole one, as far as an int goes. */
        int integer(final int index, final int otherwise) {
            final Number number = number(index);
            return number == null ? otherwise : (int) number.doubleValue();
        }

        @SuppressWarnings("unchecked")
        @Nullable
        List<Object> list(final int index) {
            return of(index, List.class);
        }

        <T> @Nullable T of(final int index, final Class<T> kind) {
            final Object value = get(index);
            if (value != null && !kind.isInstance(value)) {
                throw new JException("T0410", -1, index + 1);
            }
            return kind.cast(value);
        }
    }

    private final Body body;
    private final int arity;

    JsonFunction(final String signature, final int arity, final Body body) {
        super((input, arguments) -> null, signature);
        this.arity = arity;
        this.body = body;
    }

    /** With a place for each argument that is still open. */
    private JsonFunction(final int arity, final Body body) {
        super((input, arguments) -> null, null);
        this.arity = arity;
        this.body = body;
    }

    /** How many arguments it is given where that is up to it. */
    int arity() {
        return arity;
    }

    @Nullable
    Object call(final Evaluation evaluation, final List<@Nullable Object> arguments) {
        return body.call(evaluation, new Arguments(arguments));
    }

    /** The function with some of its arguments given. */
    JsonFunction partial(final List<@Nullable Object> given) {
        final int open = (int) given.stream().filter(Evaluation::isLeftOpen).count();
        return new JsonFunction(open, (evaluation, arguments) -> {
            final List<@Nullable Object> all = new ArrayList<>();
            int next = 0;
            for (final Object argument : given) {
                all.add(Evaluation.isLeftOpen(argument) ? arguments.get(next++) : argument);
            }
            return evaluation.validated(this, all);
        });
    }
}
