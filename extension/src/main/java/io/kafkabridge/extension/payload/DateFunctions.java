package io.kafkabridge.extension.payload;

import java.text.ParseException;
import java.util.Map;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.payload.JsonFunction.Arguments;

/**
 * JSONata's functions of times, and of pictures of integers. The library's own do the work, with regular expressions: so texts and pictures
 * are no longer than one needs to be, whatever a payload says.
 */
final class DateFunctions {

    private static final int MAX_LENGTH = 100;

    private DateFunctions() {}

    static void addTo(final Map<String, JsonFunction> functions) {
        functions.put("millis", new JsonFunction("<:n>", 0, (evaluation, args) -> System.currentTimeMillis()));
        functions.put(
                "now",
                new JsonFunction(
                        "<s?s?:s>",
                        2,
                        (evaluation, args) -> Functions.dateTimeFromMillis(
                                System.currentTimeMillis(), shortText(args, 0), shortText(args, 1))));
        functions.put("fromMillis", new JsonFunction("<n-s?s?:s>", 3, (evaluation, args) -> {
            final Number millis = args.number(0);
            return millis == null
                    ? null
                    : Functions.dateTimeFromMillis(
                            (long) Math.floor(millis.doubleValue()), shortText(args, 1), shortText(args, 2));
        }));
        functions.put("toMillis", new JsonFunction("<s-s?:n>", 2, (evaluation, args) -> toMillis(args)));
        functions.put("formatInteger", new JsonFunction("<n-s:s>", 2, (evaluation, args) -> {
            final Number number = args.number(0);
            return number == null
                    ? null
                    : Functions.formatInteger((long) Math.floor(number.doubleValue()), shortText(args, 1));
        }));
        functions.put("parseInteger", new JsonFunction("<s-s:n>", 2, (evaluation, args) -> parseInteger(args)));
    }

    private static @Nullable String shortText(final Arguments args, final int index) {
        final String text = args.text(index);
        if (text != null && text.length() > MAX_LENGTH) {
            throw new JException(Reasons.TOO_LONG, -1);
        }
        return text;
    }

    private static @Nullable Number toMillis(final Arguments args) {
        final String text = shortText(args, 0);
        final String picture = shortText(args, 1);
        if (text == null) {
            return null;
        }
        try {
            return Functions.dateTimeToMillis(text, picture);
        } catch (final ParseException | RuntimeException e) {
            throw e instanceof JException known ? known : new JException(picture == null ? "D3110" : "D3136", -1);
        }
    }

    private static @Nullable Number parseInteger(final Arguments args) {
        final String text = shortText(args, 0);
        if (text == null) {
            return null;
        }
        try {
            final Number number = Functions.parseInteger(text, shortText(args, 1));
            return number == null ? null : Numbers.of(number.doubleValue());
        } catch (final ParseException e) {
            throw new JException("D3130", -1);
        }
    }
}
