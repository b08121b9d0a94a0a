package io.kafkabridge.extension.payload;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;

import com.dashjoin.jsonata.JException;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.payload.JsonFunction.Arguments;

/** JSONata's functions of numbers. What they calculate is a double, whatever a number was spelled like. */
final class NumberFunctions {

    /** As long as anybody's picture of a number; what is longer is an attack. */
    static final int MAX_PICTURE = 250;

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");
    private static final Pattern RADIX = Pattern.compile("0([xX][0-9A-Fa-f]+|[oO][0-7]+|[bB][01]+)");

    /** No number that is finite has more digits before its exponent than that, and a few more zeros do no harm. */
    private static final int MAX_NUMBER = 1100;

    private NumberFunctions() {}

    static void addTo(final Map<String, JsonFunction> functions) {
        functions.put("abs", function(Math::abs));
        functions.put("floor", function(Math::floor));
        functions.put("ceil", function(Math::ceil));
        functions.put("sqrt", function(value -> {
            if (value < 0) {
                throw new JException("D3060", -1);
            }
            return Math.sqrt(value);
        }));
        functions.put("number", new JsonFunction("<(nsb)-:n>", 1, (evaluation, args) -> number(args)));
        functions.put("round", new JsonFunction("<n-n?:n>", 2, (evaluation, args) -> round(args)));
        functions.put("power", new JsonFunction("<n-n:n>", 2, (evaluation, args) -> power(args)));
        functions.put("random", new JsonFunction("<:n>", 0, (evaluation, args) -> Math.random()));
        functions.put("formatBase", new JsonFunction("<n-n?:s>", 2, (evaluation, args) -> formatBase(args)));
        functions.put("formatNumber", new JsonFunction("<n-so?:s>", 3, (evaluation, args) -> formatNumber(args)));
        functions.put("sum", new JsonFunction("<a<n>:n>", 1, (evaluation, args) -> {
            final List<Object> numbers = args.list(0);
            return numbers == null ? null : Numbers.of(sum(numbers, evaluation.bounds()));
        }));
        functions.put("average", new JsonFunction("<a<n>:n>", 1, (evaluation, args) -> {
            final List<Object> numbers = args.list(0);
            return numbers == null || numbers.isEmpty()
                    ? null
                    : Numbers.of(sum(numbers, evaluation.bounds()) / numbers.size());
        }));
        functions.put("max", new JsonFunction("<a<n>:n>", 1, (evaluation, args) -> last(args, 1, evaluation.bounds())));
        functions.put(
                "min", new JsonFunction("<a<n>:n>", 1, (evaluation, args) -> last(args, -1, evaluation.bounds())));
    }

    private static JsonFunction function(final DoubleUnaryOperator function) {
        return new JsonFunction("<n-:n>", 1, (evaluation, args) -> {
            final Number number = args.number(0);
            return number == null ? null : Numbers.of(function.applyAsDouble(number.doubleValue()));
        });
    }

    private static double sum(final List<Object> numbers, final Bounds bounds) {
        double sum = 0;
        for (final Object number : numbers) {
            bounds.step();
            sum += ((Number) number).doubleValue();
        }
        return sum;
    }

    /** The largest, or with -1 the smallest. */
    private static @Nullable Number last(final Arguments args, final int direction, final Bounds bounds) {
        final List<Object> numbers = args.list(0);
        Number last = null;
        for (final Object next : numbers == null ? List.of() : numbers) {
            bounds.step();
            final Number number = (Number) next;
            if (last == null || Double.compare(number.doubleValue(), last.doubleValue()) * direction > 0) {
                last = number;
            }
        }
        return last;
    }

    private static @Nullable Number number(final Arguments args) {
        final Object value = args.get(0);
        if (value == null || value instanceof Number) {
            return (Number) value;
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof String text && text.length() <= MAX_NUMBER) {
            if (DECIMAL.matcher(text).matches()) {
                final double number = Double.parseDouble(text);
                if (Double.isFinite(number)) {
                    return Numbers.of(number);
                }
            } else if (RADIX.matcher(text).matches()) {
                final int radix =
                        switch (text.charAt(1)) {
                            case 'x', 'X' -> 16;
                            case 'o', 'O' -> 8;
                            default -> 2;
                        };
                return Numbers.of(new java.math.BigInteger(text.substring(2), radix).doubleValue());
            }
        }
        throw new JException("D3030", -1);
    }

    private static @Nullable Number round(final Arguments args) {
        final Number number = args.number(0);
        return number == null ? null : Numbers.of(Numbers.round(number.doubleValue(), args.integer(1, 0)));
    }

    private static @Nullable Number power(final Arguments args) {
        final Number base = args.number(0);
        final Number exponent = args.number(1);
        if (base == null) {
            return null;
        }
        final double power = exponent == null ? Double.NaN : Math.pow(base.doubleValue(), exponent.doubleValue());
        if (!Double.isFinite(power)) {
            throw new JException("D3061", -1);
        }
        return Numbers.of(power);
    }

    private static @Nullable String formatBase(final Arguments args) {
        final Number number = args.number(0);
        if (number == null) {
            return null;
        }
        final Number base = args.number(1);
        final int radix = base == null ? 10 : (int) Numbers.round(base.doubleValue(), 0);
        if (radix < Character.MIN_RADIX || radix > Character.MAX_RADIX) {
            throw new JException("D3100", -1);
        }
        final double rounded = Numbers.round(number.doubleValue(), 0);
        return radix == 10
                ? Numbers.json(rounded)
                : new java.math.BigDecimal(rounded).toBigInteger().toString(radix);
    }

    private static @Nullable String formatNumber(final Arguments args) {
        final Number number = args.number(0);
        final String picture = args.text(1);
        final Map<?, ?> options = args.of(2, Map.class);
        if (number == null) {
            return null;
        }
        if (picture == null || picture.length() > MAX_PICTURE) {
            throw new JException("D3085", -1);
        }
        return FormatNumber.format(number.doubleValue(), picture, options == null ? Map.of() : options);
    }
}
