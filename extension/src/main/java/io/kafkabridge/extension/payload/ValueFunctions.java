package io.kafkabridge.extension.payload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.payload.JsonFunction.Arguments;

/** JSONata's functions of any value, and those that are given a function. */
final class ValueFunctions {

    private static final int MIN_REDUCE_ARITY = 2;

    private ValueFunctions() {}

    static void addTo(final Map<String, JsonFunction> functions) {
        functions.put("boolean", new JsonFunction("<x-:b>", 1, (evaluation, args) -> {
            final Object value = args.get(0);
            return value == null ? null : evaluation.values().isTrue(value);
        }));
        functions.put("not", new JsonFunction("<x-:b>", 1, (evaluation, args) -> {
            final Object value = args.get(0);
            return value == null ? null : !evaluation.values().isTrue(value);
        }));
        functions.put("exists", new JsonFunction("<x:b>", 1, (evaluation, args) -> args.get(0) != null));
        functions.put("type", new JsonFunction("<x:s>", 1, (evaluation, args) -> {
            final Object value = args.get(0);
            return value == null ? null : Values.kind(value);
        }));
        functions.put("clone", new JsonFunction("<(oa)-:o>", 1, (evaluation, args) -> evaluation
                .values()
                .copy(args.get(0))));
        functions.put("error", new JsonFunction("<s?:x>", 1, (evaluation, args) -> {
            throw new JException("D3137", -1);
        }));
        functions.put("assert", new JsonFunction("<bs?:x>", 2, (evaluation, args) -> {
            if (!Boolean.TRUE.equals(args.get(0))) {
                throw new JException("D3141", -1);
            }
            return null;
        }));
        functions.put("map", new JsonFunction("<af>", 2, ValueFunctions::map));
        functions.put("filter", new JsonFunction("<af>", 2, ValueFunctions::filter));
        functions.put("single", new JsonFunction("<af?>", 2, ValueFunctions::single));
        functions.put("reduce", new JsonFunction("<afj?:j>", 3, ValueFunctions::reduce));
        functions.put("each", new JsonFunction("<o-f:a>", 2, ValueFunctions::each));
        functions.put("sift", new JsonFunction("<o-f?:o>", 2, ValueFunctions::sift));
    }

    private static @Nullable Object map(final Evaluation evaluation, final Arguments args) {
        final List<Object> list = args.list(0);
        final Object function = args.get(1);
        if (list == null || function == null) {
            return null;
        }
        final List<Object> mapped = Utils.createSequence();
        for (int i = 0; i < list.size(); i++) {
            evaluation.bounds().grow(1);
            final Object result = evaluation.callback(function, list.get(i), i, list);
            if (result != null) {
                mapped.add(result);
            }
        }
        return mapped;
    }

    private static @Nullable Object filter(final Evaluation evaluation, final Arguments args) {
        final List<Object> list = args.list(0);
        final Object function = args.get(1);
        if (list == null || function == null) {
            return null;
        }
        final List<Object> filtered = Utils.createSequence();
        for (int i = 0; i < list.size(); i++) {
            evaluation.bounds().grow(1);
            if (evaluation.values().isTrue(evaluation.callback(function, list.get(i), i, list))) {
                filtered.add(list.get(i));
            }
        }
        return filtered;
    }

    private static @Nullable Object single(final Evaluation evaluation, final Arguments args) {
        final List<Object> list = args.list(0);
        final Object function = args.get(1);
        if (list == null) {
            return null;
        }
        Object found = null;
        for (int i = 0; i < list.size(); i++) {
            evaluation.bounds().step();
            final Object item = list.get(i);
            if (function == null || evaluation.values().isTrue(evaluation.callback(function, item, i, list))) {
                if (found != null) {
                    throw new JException("D3138", -1);
                }
                found = item;
            }
        }
        if (found == null) {
            throw new JException("D3139", -1);
        }
        return found;
    }

    private static @Nullable Object reduce(final Evaluation evaluation, final Arguments args) {
        final List<Object> list = args.list(0);
        final Object function = args.get(1);
        if (list == null || function == null) {
            return null;
        }
        if (Evaluation.arity(function) < MIN_REDUCE_ARITY) {
            throw new JException("D3050", -1);
        }
        final Object initial = args.get(2);
        final boolean first = initial == null && !list.isEmpty();
        Object result = first ? list.get(0) : initial;
        for (int i = first ? 1 : 0; i < list.size(); i++) {
            evaluation.bounds().step();
            result = evaluation.callback(function, result, list.get(i), i, list);
        }
        return result;
    }

    private static @Nullable Object each(final Evaluation evaluation, final Arguments args) {
        final Map<?, ?> members = args.of(0, Map.class);
        final Object function = args.get(1);
        if (members == null || function == null) {
            return null;
        }
        final List<Object> results = Utils.createSequence();
        for (final Map.Entry<?, ?> member : members.entrySet()) {
            evaluation.bounds().grow(1);
            final Object result = evaluation.callback(function, member.getValue(), member.getKey(), members);
            if (result != null) {
                results.add(result);
            }
        }
        return results;
    }

    private static @Nullable Object sift(final Evaluation evaluation, final Arguments args) {
        final Map<?, ?> members = args.of(0, Map.class);
        final Object function = args.get(1);
        if (members == null || function == null) {
            return null;
        }
        final Map<Object, Object> sifted = new LinkedHashMap<>();
        for (final Map.Entry<?, ?> member : members.entrySet()) {
            evaluation.bounds().grow(1);
            if (evaluation
                    .values()
                    .isTrue(evaluation.callback(function, member.getValue(), member.getKey(), members))) {
                sifted.put(member.getKey(), member.getValue());
            }
        }
        return sifted.isEmpty() ? null : sifted;
    }
}
