package io.kafkabridge.extension.payload;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

import com.dashjoin.jsonata.JException;

/**
 * JSONata's $formatNumber: XPath's format-number (F&amp;O 3.1, 4.7), as the reference has it. Pictures are short, so everything here is. One
 * file for one algorithm, hence its length. For one number.
 */
final class FormatNumber {

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("decimal-separator", "."),
            Map.entry("grouping-separator", ","),
            Map.entry("exponent-separator", "e"),
            Map.entry("infinity", "Infinity"),
            Map.entry("minus-sign", "-"),
            Map.entry("NaN", "NaN"),
            Map.entry("percent", "%"),
            Map.entry("per-mille", "\u2030"),
            Map.entry("zero-digit", "0"),
            Map.entry("digit", "#"),
            Map.entry("pattern-separator", ";"));

    private static final int MAX_OPTION = 10;

    private final Map<String, String> symbols = new HashMap<>(DEFAULTS);
    private final char zero;
    private final String decimalSeparator;
    private final String groupingSeparator;
    private final String exponentSeparator;
    private final String digit;

    /** A part of a picture, for numbers from zero on or below it. */
    private record Part(
            String picture,
            String prefix,
            String suffix,
            String active,
            String integer,
            String fraction,
            String exponent,
            boolean hasExponent) {}

    private FormatNumber(final Map<?, ?> options) {
        options.forEach((name, value) -> {
            if (!(value instanceof String text) || text.isEmpty() || text.length() > MAX_OPTION) {
                throw new JException("T0410", -1, 3);
            }
            symbols.put(String.valueOf(name), text);
        });
        zero = symbol("zero-digit").charAt(0);
        decimalSeparator = symbol("decimal-separator");
        groupingSeparator = symbol("grouping-separator");
        exponentSeparator = symbol("exponent-separator");
        digit = symbol("digit");
    }

    /**
     * Formats a number.
     *
     * @throws JException when the picture isn't one
     */
    static String format(final double value, final String picture, final Map<?, ?> options) {
        return new FormatNumber(options).format(value, picture);
    }

    private String symbol(final String name) {
        return symbols.getOrDefault(name, "");
    }

    private String format(final double value, final String picture) {
        final String[] pictures = picture.split(java.util.regex.Pattern.quote(symbol("pattern-separator")), -1);
        if (pictures.length > 2) {
            throw new JException("D3080", -1);
        }
        final List<Part> parts = new ArrayList<>();
        for (final String each : pictures) {
            parts.add(validated(split(each)));
        }
        final Part part = parts.get(value >= 0 ? 0 : parts.size() - 1);
        final String sign = value < 0 && parts.size() == 1 ? symbol("minus-sign") : "";
        return sign + part.prefix() + number(value, part) + part.suffix();
    }

    private boolean isDigit(final int c) {
        return c >= zero && c < zero + 10;
    }

    private boolean isDigitOrOptional(final int c) {
        return isDigit(c) || digit.indexOf(c) >= 0;
    }

    private boolean isActive(final char c) {
        final String one = String.valueOf(c);
        return isDigit(c)
                || one.equals(decimalSeparator)
                || one.equals(exponentSeparator)
                || one.equals(groupingSeparator)
                || one.equals(digit)
                || one.equals(symbol("pattern-separator"));
    }

    private Part split(final String picture) {
        int first = 0;
        while (first < picture.length() && !begins(picture.charAt(first))) {
            first++;
        }
        int last = picture.length();
        while (last > first && !begins(picture.charAt(last - 1))) {
            last--;
        }
        final String prefix = first == picture.length() ? "" : picture.substring(0, first);
        final String suffix = first == picture.length() ? "" : picture.substring(last);
        final String active = picture.substring(prefix.length(), picture.length() - suffix.length());
        final int exponentAt = active.indexOf(exponentSeparator);
        final boolean hasExponent = exponentAt >= 0;
        final String mantissa = hasExponent ? active.substring(0, exponentAt) : active;
        final int pointAt = mantissa.indexOf(decimalSeparator);
        return new Part(
                picture,
                prefix,
                suffix,
                active,
                pointAt < 0 ? mantissa : mantissa.substring(0, pointAt),
                pointAt < 0 ? "" : mantissa.substring(pointAt + 1),
                hasExponent ? active.substring(exponentAt + 1) : "",
                hasExponent);
    }

    private boolean begins(final char c) {
        return isActive(c) && !exponentSeparator.equals(String.valueOf(c));
    }

    private Part validated(final Part part) {
        final String picture = part.picture();
        final String mantissa = part.integer() + part.fraction();
        final String grouping = groupingSeparator;
        final int point = picture.indexOf(decimalSeparator);
        final boolean percent = picture.contains(symbol("percent"));
        final boolean perMille = picture.contains(symbol("per-mille"));
        String problem = twice(picture, decimalSeparator) ? "D3081" : "";
        problem = twice(picture, symbol("percent")) ? "D3082" : problem;
        problem = twice(picture, symbol("per-mille")) ? "D3083" : problem;
        problem = percent && perMille ? "D3084" : problem;
        problem = mantissa.chars().noneMatch(this::isDigitOrOptional) ? "D3085" : problem;
        problem = part.active().chars().anyMatch(c -> !isActive((char) c)) ? "D3086" : problem;
        if (point >= 0) {
            final boolean adjacent =
                    picture.contains(grouping + decimalSeparator) || picture.contains(decimalSeparator + grouping);
            problem = adjacent ? "D3087" : problem;
        } else {
            problem = part.integer().endsWith(grouping) ? "D3088" : problem;
        }
        problem = picture.contains(grouping + grouping) ? "D3089" : problem;
        final int optional = part.integer().indexOf(digit);
        problem = optional >= 0 && part.integer().substring(0, optional).chars().anyMatch(this::isDigit)
                ? "D3090"
                : problem;
        final int lastOptional = part.fraction().lastIndexOf(digit);
        problem = lastOptional >= 0
                        && part.fraction().substring(lastOptional).chars().anyMatch(this::isDigit)
                ? "D3091"
                : problem;
        problem = !part.exponent().isEmpty() && (percent || perMille) ? "D3092" : problem;
        final boolean digitsOnly =
                !part.exponent().isEmpty() && part.exponent().chars().allMatch(this::isDigit);
        problem = part.hasExponent() && !digitsOnly ? "D3093" : problem;
        if (!problem.isEmpty()) {
            throw new JException(problem, -1);
        }
        return part;
    }

    private static boolean twice(final String text, final String part) {
        return text.indexOf(part) != text.lastIndexOf(part);
    }

    private static int count(final String text, final IntPredicate what) {
        return (int) text.chars().filter(what).count();
    }

    private String number(final double value, final Part part) {
        final int scaling = count(part.integer(), this::isDigit);
        int minInteger = scaling;
        int minFraction = count(part.fraction(), this::isDigit);
        int maxFraction = count(part.fraction(), this::isDigitOrOptional);
        if (minInteger == 0 && maxFraction == 0) {
            minFraction = part.hasExponent() ? 1 : 0;
            maxFraction = minFraction;
            minInteger = part.hasExponent() ? 0 : 1;
        }
        if (part.hasExponent() && minInteger == 0 && part.integer().contains(digit)) {
            minInteger = 1;
        }
        if (minInteger == 0 && minFraction == 0) {
            minFraction = 1;
        }
        double mantissa = Math.abs(value);
        if (part.picture().contains(symbol("percent"))) {
            mantissa *= 100;
        } else if (part.picture().contains(symbol("per-mille"))) {
            mantissa *= 1000;
        }
        int exponent = 0;
        if (part.hasExponent() && mantissa != 0) {
            // At most 250 digits, so these end: a double has an exponent of at most 324.
            final double most = Math.pow(10, scaling);
            final double least = Math.pow(10, scaling - 1.0);
            for (; mantissa < least; exponent--) {
                mantissa *= 10;
            }
            for (; mantissa > most; exponent++) {
                mantissa /= 10;
            }
        }
        final String digits = plain(Numbers.round(mantissa, maxFraction), maxFraction);
        final int point = digits.indexOf('.');
        String integer = point < 0 ? digits : digits.substring(0, point);
        String fraction = point < 0 ? "" : digits.substring(point + 1).replaceAll("0+$", "");
        integer = integer.replaceAll("^0+", "");
        integer = "0".repeat(Math.max(0, minInteger - integer.length())) + integer;
        fraction += "0".repeat(Math.max(0, minFraction - fraction.length()));
        final StringBuilder text = new StringBuilder(localized(grouped(integer, part.integer())));
        if (!fraction.isEmpty()) {
            text.append(decimalSeparator).append(localized(groupedFraction(fraction, part.fraction())));
        }
        if (part.hasExponent()) {
            final String power = Integer.toString(Math.abs(exponent));
            text.append(exponentSeparator)
                    .append(exponent < 0 ? symbol("minus-sign") : "")
                    .append(localized("0".repeat(Math.max(0, part.exponent().length() - power.length())) + power));
        }
        return text.toString();
    }

    private static String plain(final double value, final int places) {
        return new BigDecimal(value).setScale(places, RoundingMode.HALF_UP).toPlainString();
    }

    /** Positions of separators, counted in digits from the decimal point. */
    private List<Integer> positions(final String part, final boolean fromStart) {
        final List<Integer> positions = new ArrayList<>();
        for (int at = part.indexOf(groupingSeparator); at >= 0; at = part.indexOf(groupingSeparator, at + 1)) {
            positions.add(count(fromStart ? part.substring(0, at) : part.substring(at), this::isDigitOrOptional));
        }
        return positions;
    }

    private String grouped(final String integer, final String picture) {
        final List<Integer> positions = positions(picture, false);
        final int interval = regular(positions);
        final StringBuilder text = new StringBuilder(integer);
        if (interval > 0) {
            for (int at = integer.length() - interval; at > 0; at -= interval) {
                text.insert(at, '\0');
            }
        } else {
            Collections.sort(positions);
            for (final int position : positions) {
                if (position < integer.length()) {
                    text.insert(integer.length() - position, '\0');
                }
            }
        }
        return text.toString();
    }

    private String groupedFraction(final String fraction, final String picture) {
        final List<Integer> positions = positions(picture, true);
        final StringBuilder text = new StringBuilder(fraction);
        for (int i = positions.size() - 1; i >= 0; i--) {
            if (positions.get(i) < fraction.length()) {
                text.insert(positions.get(i).intValue(), '\0');
            }
        }
        return text.toString();
    }

    /** The interval of separators that have the same everywhere; else 0. */
    private static int regular(final List<Integer> positions) {
        final int interval = positions.stream().reduce(0, FormatNumber::divisor);
        for (int i = 1; i <= positions.size(); i++) {
            if (!positions.contains(i * interval)) {
                return 0;
            }
        }
        return interval;
    }

    private static int divisor(final int left, final int right) {
        return right == 0 ? left : divisor(right, left % right);
    }

    private String localized(final String digits) {
        final StringBuilder text = new StringBuilder();
        digits.chars().forEach(c -> {
            if (c == 0) {
                text.append(groupingSeparator);
            } else {
                text.append((char) (c - '0' + zero));
            }
        });
        return text.toString();
    }
}
