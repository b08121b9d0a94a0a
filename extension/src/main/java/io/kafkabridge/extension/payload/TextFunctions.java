package io.kafkabridge.extension.payload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.dashjoin.jsonata.JException;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.payload.JsonFunction.Arguments;

/** JSONata's functions of texts. What they make is as long as {@link Bounds} allow. */
final class TextFunctions {

    private TextFunctions() {}

    static void addTo(final Map<String, JsonFunction> functions) {
        functions.put("string", new JsonFunction("<x-b?:s>", 1, TextFunctions::string));
        functions.put("substring", new JsonFunction("<s-nn?:s>", 3, (evaluation, args) -> substring(args)));
        functions.put("substringBefore", new JsonFunction("<s-s:s>", 2, (evaluation, args) -> {
            final Found found = Found.of(evaluation, args);
            return found == null || found.at < 0 ? args.text(0) : found.text.substring(0, found.at);
        }));
        functions.put("substringAfter", new JsonFunction("<s-s:s>", 2, (evaluation, args) -> {
            final Found found = Found.of(evaluation, args);
            return found == null || found.at < 0 ? args.text(0) : found.text.substring(found.at + found.part.length());
        }));
        functions.put("contains", new JsonFunction("<s-(sf):b>", 2, (evaluation, args) -> {
            final Found found = Found.of(evaluation, args);
            return found == null ? null : found.at >= 0;
        }));
        functions.put("lowercase", function(text -> text.toLowerCase(Locale.ROOT)));
        functions.put("uppercase", function(text -> text.toUpperCase(Locale.ROOT)));
        functions.put("trim", function(TextFunctions::trim));
        functions.put("length", new JsonFunction("<s-:n>", 1, (evaluation, args) -> {
            final String text = args.text(0);
            return text == null ? null : text.codePointCount(0, text.length());
        }));
        functions.put("pad", new JsonFunction("<s-ns?:s>", 3, TextFunctions::pad));
        functions.put("replace", new JsonFunction("<s-(sf)(sf)n?:s>", 4, TextFunctions::replace));
        functions.put("split", new JsonFunction("<s-(sf)n?:a<s>>", 3, TextFunctions::split));
        functions.put("join", new JsonFunction("<a<s>s?:s>", 2, TextFunctions::join));
        functions.put("base64encode", function(TextFunctions::base64encode));
        functions.put("base64decode", function(TextFunctions::base64decode));
        functions.put("encodeUrl", function(text -> UrlText.encode(text, UrlText.URL)));
        functions.put("encodeUrlComponent", function(text -> UrlText.encode(text, UrlText.COMPONENT)));
        functions.put("decodeUrl", function(text -> UrlText.decode(text, UrlText.KEPT_IN_URL)));
        functions.put("decodeUrlComponent", function(text -> UrlText.decode(text, "")));
    }

    /** One whose result is at most about three times as long. */
    private static JsonFunction function(final UnaryOperator<String> function) {
        return new JsonFunction("<s-:s>", 1, (evaluation, args) -> {
            final String text = args.text(0);
            if (text == null) {
                return null;
            }
            evaluation.bounds().text(text.length());
            final String result = function.apply(text);
            evaluation.bounds().text(result.length());
            return result;
        });
    }

    private static @Nullable Object string(final Evaluation evaluation, final Arguments args) {
        final Object value = args.get(0);
        return value == null
                ? null
                : JsonText.of(value, Boolean.TRUE.equals(args.of(1, Boolean.class)), evaluation.bounds());
    }

    /** Where a text is found in another one. */
    private record Found(String text, String part, int at) {

        /** Null when one of them is undefined. */
        static @Nullable Found of(final Evaluation evaluation, final Arguments args) {
            final String text = args.text(0);
            final String part = args.text(1);
            return text == null || part == null
                    ? null
                    : new Found(text, part, new Search(text, part, evaluation.bounds()).from(0));
        }
    }

    private static @Nullable String substring(final Arguments args) {
        final String text = args.text(0);
        if (text == null) {
            return null;
        }
        final Number start = args.number(1);
        final Number length = args.number(2);
        final int characters = text.codePointCount(0, text.length());
        final double from = start == null ? 0 : Math.max(start.doubleValue(), -characters);
        if (length != null && length.doubleValue() <= 0) {
            return "";
        }
        final double begin = from < 0 ? characters + from : from;
        final double end = length == null ? characters : begin + length.doubleValue();
        final int first = (int) Math.min(begin, characters);
        final int last = (int) Math.min(end, characters);
        return first >= last ? "" : text.substring(text.offsetByCodePoints(0, first), text.offsetByCodePoints(0, last));
    }

    private static String trim(final String text) {
        final StringBuilder trimmed = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                blank = !trimmed.isEmpty();
            } else {
                if (blank) {
                    trimmed.append(' ');
                }
                blank = false;
                trimmed.append(c);
            }
        }
        return trimmed.toString();
    }

    private static @Nullable String pad(final Evaluation evaluation, final Arguments args) {
        final String text = args.text(0);
        if (text == null) {
            return null;
        }
        final String given = args.text(2);
        final String filling = given == null || given.isEmpty() ? " " : given;
        final int width = args.integer(1, 0);
        final long missing = Math.abs((long) width) - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        final int characters = filling.codePointCount(0, filling.length());
        // Each character may be two of Java's.
        evaluation.bounds().text(text.length() + (characters == filling.length() ? missing : missing * 2));
        final int rest = filling.offsetByCodePoints(0, (int) (missing % characters));
        final String padding = filling.repeat((int) (missing / characters)) + filling.substring(0, rest);
        return width > 0 ? text + padding : padding + text;
    }

    private static @Nullable String replace(final Evaluation evaluation, final Arguments args) {
        final String text = args.text(0);
        final String part = args.text(1);
        final String replacement = args.text(2);
        final Number limit = args.number(3);
        if (text == null) {
            return null;
        }
        if (part == null || replacement == null || part.isEmpty()) {
            throw new JException("D3010", -1);
        }
        if (limit != null && limit.doubleValue() < 0) {
            throw new JException("D3011", -1);
        }
        final Search search = new Search(text, part, evaluation.bounds());
        final StringBuilder replaced = new StringBuilder();
        int start = 0;
        final double most = limit == null ? Double.MAX_VALUE : limit.doubleValue();
        for (int count = 0; count < most; count++) {
            final int found = search.from(start);
            if (found < 0) {
                break;
            }
            evaluation.bounds().text((long) found - start + replacement.length());
            replaced.append(text, start, found).append(replacement);
            if (replaced.length() > Bounds.MAX_LENGTH) {
                evaluation.bounds().text(replaced.length());
            }
            start = found + part.length();
        }
        return replaced.append(text, start, text.length()).toString();
    }

    private static @Nullable List<Object> split(final Evaluation evaluation, final Arguments args) {
        final String text = args.text(0);
        final String separator = args.text(1);
        final Number limit = args.number(2);
        if (text == null) {
            return null;
        }
        if (limit != null && limit.doubleValue() < 0) {
            throw new JException("D3020", -1);
        }
        final int most = limit == null ? Integer.MAX_VALUE : (int) limit.doubleValue();
        final List<Object> parts = new ArrayList<>();
        if (separator == null) {
            parts.add(text);
        } else if (separator.isEmpty()) {
            for (int i = 0; i < text.length() && i < most; i++) {
                evaluation.bounds().grow(1);
                parts.add(text.substring(i, i + 1));
            }
        } else {
            final Search search = new Search(text, separator, evaluation.bounds());
            int start = 0;
            for (int found = search.from(0); found >= 0 && parts.size() < most; found = search.from(start)) {
                evaluation.bounds().grow(1);
                evaluation.bounds().text((long) found - start);
                parts.add(text.substring(start, found));
                start = found + separator.length();
            }
            if (parts.size() < most) {
                parts.add(text.substring(start));
            }
        }
        return parts;
    }

    private static @Nullable String join(final Evaluation evaluation, final Arguments args) {
        final List<Object> parts = args.list(0);
        final String separator = args.text(1);
        if (parts == null) {
            return null;
        }
        final int between = separator == null ? 0 : separator.length();
        long length = 0;
        for (final Object part : parts) {
            length += ((String) part).length() + between;
        }
        evaluation.bounds().text(length);
        final StringBuilder joined = new StringBuilder((int) length);
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0 && separator != null) {
                joined.append(separator);
            }
            joined.append((String) parts.get(i));
        }
        return joined.toString();
    }

    /** Of characters up to U+00FF, as browsers do; of others, of their UTF-8. */
    private static String base64encode(final String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64decode(final String text) {
        try {
            return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (final IllegalArgumentException e) {
            throw new JException(Reasons.BASE64, -1);
        }
    }
}
