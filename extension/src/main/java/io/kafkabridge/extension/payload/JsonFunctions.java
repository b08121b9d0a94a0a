package io.kafkabridge.extension.payload;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSONata's functions, all but $eval and $match. Ours and not the library's: these end within {@link Bounds} whatever they are given, and make no
 * difference between {@code 21.5} and {@code 2.150E1}.
 */
final class JsonFunctions {

    private JsonFunctions() {}

    /** By their names, without the {@code $}. */
    static Map<String, JsonFunction> all() {
        final Map<String, JsonFunction> functions = new LinkedHashMap<>();
        NumberFunctions.addTo(functions);
        TextFunctions.addTo(functions);
        ListFunctions.addTo(functions);
        ValueFunctions.addTo(functions);
        DateFunctions.addTo(functions);
        return functions;
    }
}
