package io.kafkabridge.extension.payload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.OpenJsonata;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions within {@link Bounds}, with {@link JsonFunctions}. For one thread, which uses it again and again. */
final class Evaluation extends OpenJsonata {

    private static final ThreadLocal<Evaluation> OF_THREAD = ThreadLocal.withInitial(Evaluation::new);

    private static final Frame FUNCTIONS = functions();

    static {
        JsonFunctions.all().forEach(FUNCTIONS::bind);
    }

    private Bounds bounds = new Bounds();
    private Values values = new Values(bounds);

    private Evaluation() {}

    /**
     * Evaluates an expression.
     *
     * @return null for nothing (JSONata's undefined)
     */
    static @Nullable Object run(
            final Jsonata expression,
            final @Nullable Object input,
            final Map<String, @Nullable Object> variables,
            final Bounds bounds) {
        final Evaluation evaluation = OF_THREAD.get();
        evaluation.bounds = bounds;
        evaluation.values = new Values(bounds);
        return evaluation.run(expression, input, variables, FUNCTIONS);
    }

    Bounds bounds() {
        return bounds;
    }

    Values values() {
        return values;
    }

    /** Calls a function that was handed in, with as many of the arguments as it takes, at least one. */
    @Nullable
    Object callback(final Object function, final @Nullable Object... arguments) {
        final int arity = Math.max(1, arity(function));
        return call(function, new ArrayList<>(Arrays.asList(arguments).subList(0, Math.min(arity, arguments.length))));
    }

    static int arity(final Object function) {
        return function instanceof JsonFunction ours ? ours.arity() : parameters(function);
    }

    static boolean isLeftOpen(final @Nullable Object argument) {
        return isOpen(argument);
    }

    /** Calls a function with arguments that nobody has looked at. */
    @Nullable
    @SuppressWarnings("unchecked")
    Object validated(final JsonFunction function, final List<@Nullable Object> arguments) {
        return function.call(this, (List<@Nullable Object>) function.validate(arguments, null));
    }

    @Override
    protected void enter() {
        bounds.enter();
    }

    @Override
    protected void leave() {
        bounds.leave();
    }

    @Override
    protected void grow(final int elements) {
        bounds.grow(elements);
    }

    @Override
    protected @Nullable Object invoke(
            final JFunction function, final @Nullable Object input, final List<@Nullable Object> arguments) {
        if (function instanceof JsonFunction ours) {
            return ours.call(this, arguments);
        }
        return function.call(input, arguments); // One that the transform operator made.
    }

    @Override
    protected boolean isTrue(final @Nullable Object value) {
        return values.isTrue(value);
    }

    @Override
    protected boolean isEqual(final Object left, final Object right) {
        return values.isEqual(left, right);
    }

    @Override
    protected String text(final Object value) {
        return JsonText.of(value, false, bounds);
    }

    @Override
    protected String concat(final String left, final String right) {
        bounds.text((long) left.length() + right.length());
        return left.concat(right);
    }

    @Override
    protected @Nullable Object copy(final @Nullable Object value) {
        return values.copy(value);
    }

    @Override
    protected JFunction partial(final JFunction function, final List<@Nullable Object> arguments) {
        return function instanceof JsonFunction ours ? ours.partial(arguments) : function;
    }
}
