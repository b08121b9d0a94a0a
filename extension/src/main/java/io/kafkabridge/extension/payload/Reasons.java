package io.kafkabridge.extension.payload;

import java.util.Map;

import com.dashjoin.jsonata.JException;
import org.jspecify.annotations.Nullable;

/** Why an expression failed, for the person who wrote it: by JSONata's error codes. They never quote a payload. */
final class Reasons {

    /** A text that should be Base64 isn't. */
    static final String BASE64 = "base64";

    /** A text that should be a time, an integer or a picture of one is too long for it. */
    static final String TOO_LONG = "too-long";

    private static final String PICTURE = "the picture isn't one that $formatNumber knows";

    private static final Map<String, String> BY_CODE = Map.ofEntries(
            Map.entry("T0410", "an argument of a function isn't of the kind that it takes"),
            Map.entry(
                    "T0411", "the function takes its context as an argument, and that isn't of the kind that it takes"),
            Map.entry("T0412", "an array that a function takes has elements of another kind"),
            Map.entry("D1001", "a number is out of range"),
            Map.entry("D1002", "only a number can be negated"),
            Map.entry("T1003", "the name of an object's member must be a text"),
            Map.entry("T1005", "what it calls isn't a function; its $ is missing"),
            Map.entry("T1006", "what it calls isn't a function"),
            Map.entry("T1007", "what it applies partially isn't a function; its $ is missing"),
            Map.entry("T1008", "what it applies partially isn't a function"),
            Map.entry("D1009", "two members of an object have the same name"),
            Map.entry("T2001", "the left side of an arithmetic operator isn't a number"),
            Map.entry("T2002", "the right side of an arithmetic operator isn't a number"),
            Map.entry("T2003", "the left side of .. isn't an integer"),
            Map.entry("T2004", "the right side of .. isn't an integer"),
            Map.entry("T2006", "the right side of ~> isn't a function"),
            Map.entry("T2007", "an order-by compares texts with numbers"),
            Map.entry("T2008", "an order-by compares what is neither a number nor a text"),
            Map.entry("T2009", "it compares a text with a number"),
            Map.entry("T2010", "it compares what is neither a number nor a text"),
            Map.entry("T2011", "the update of a | operator isn't an object"),
            Map.entry("T2012", "the names that a | operator deletes aren't texts"),
            Map.entry("D2014", "a range has more than ten million numbers"),
            Map.entry("D3010", "$replace was given nothing to look for"),
            Map.entry("D3011", "the limit of $replace is below 0"),
            Map.entry("D3020", "the limit of $split is below 0"),
            Map.entry("D3030", "$number was given what isn't a number"),
            Map.entry("D3050", "the function that $reduce is given must take two arguments"),
            Map.entry("D3060", "$sqrt was given a number below 0"),
            Map.entry("D3061", "$power comes out as no number"),
            Map.entry("D3070", "$sort without a function sorts only numbers, or only texts"),
            Map.entry("D3100", "the base of $formatBase isn't between 2 and 36"),
            Map.entry("D3110", "$toMillis was given what isn't a time in ISO 8601"),
            Map.entry("D3136", "$toMillis was given what isn't a time of its picture"),
            Map.entry("D3130", "there is no such picture of an integer"),
            Map.entry("D3131", "the digits of a picture are of two kinds"),
            Map.entry("D3132", "a picture of a time has a component that doesn't exist"),
            Map.entry("D3133", "a picture of a time asks for the name of what has none"),
            Map.entry("D3134", "a picture of a time has more than four digits for the time zone"),
            Map.entry("D3135", "a picture of a time lacks a ]"),
            Map.entry("D3137", "it calls $error"),
            Map.entry("D3138", "$single matches more than one"),
            Map.entry("D3139", "$single matches none"),
            Map.entry("D3140", "a text isn't a URL, or a part of one"),
            Map.entry("D3141", "an $assert doesn't hold"),
            Map.entry(BASE64, "$base64decode was given what isn't Base64"),
            Map.entry(TOO_LONG, "a time, an integer or a picture of one has more than 100 characters"));

    private Reasons() {}

    /** Why, with the place in the expression. */
    static String of(final JException error) {
        return of(error.getError()) + (error.getLocation() > 0 ? " (at character " + error.getLocation() + ")" : "");
    }

    private static String of(final @Nullable String code) {
        if (code != null && (code.startsWith("D308") || code.startsWith("D309"))) {
            return PICTURE;
        }
        return code == null ? unknown() : BY_CODE.getOrDefault(code, unknown());
    }

    /** What went wrong where nothing more can be said. */
    static String unknown() {
        return "it can't be evaluated on this payload";
    }
}
