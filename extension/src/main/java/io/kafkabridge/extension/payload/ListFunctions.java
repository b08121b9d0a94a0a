package io.kafkabridge.extension.payload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils;
import com.dashjoin.jsonata.Utils.JList;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.payload.JsonFunction.Arguments;

/** JSONata's functions of arrays and objects. */
final class ListFunctions {

    private ListFunctions() {}

    static void addTo(final Map<String, JsonFunction> functions) {
        functions.put("count", new JsonFunction("<a:n>", 1, (evaluation, args) -> {
            final List<Object> list = args.list(0);
            return list == null ? 0 : list.size();
        }));
        functions.put("append", new JsonFunction("<xx:a>", 2, ListFunctions::append));
        functions.put("sort", new JsonFunction("<af?:a>", 2, ListFunctions::sort));
        functions.put("reverse", new JsonFunction("<a:a>", 1, (evaluation, args) -> {
            final List<Object> reversed = copy(args, evaluation);
            if (reversed != null) {
                Collections.reverse(reversed);
            }
            return reversed;
        }));
        functions.put("shuffle", new JsonFunction("<a:a>", 1, (evaluation, args) -> {
            final List<Object> shuffled = copy(args, evaluation);
            if (shuffled != null) {
                Collections.shuffle(shuffled);
            }
            return shuffled;
        }));
        functions.put("distinct", new JsonFunction("<x:x>", 1, ListFunctions::distinct));
        functions.put("zip", new JsonFunction("<a+>", 0, ListFunctions::zip));
        functions.put("keys", new JsonFunction("<x-:a<s>>", 1, (evaluation, args) -> {
            final Set<Object> keys = new LinkedHashSet<>();
            keys(args.get(0), keys, evaluation.bounds());
            final List<Object> list = Utils.createSequence();
            list.addAll(keys);
            return list;
        }));
        functions.put("lookup", new JsonFunction("<x-s:x>", 2, (evaluation, args) -> {
            final String name = args.text(1);
            return name == null ? null : lookup(args.get(0), name, evaluation.bounds());
        }));
        functions.put("spread", new JsonFunction("<x-:a<o>>", 1, (evaluation, args) -> {
            final Object value = args.get(0);
            if (!(value instanceof Map || value instanceof List)) {
                return value;
            }
            final List<Object> spread = Utils.createSequence();
            spread(value, spread, evaluation.bounds());
            return spread;
        }));
        functions.put("merge", new JsonFunction("<a<o>:o>", 1, ListFunctions::merge));
    }

    private static @Nullable List<Object> copy(final Arguments args, final Evaluation evaluation) {
        final List<Object> list = args.list(0);
        if (list == null || list.size() <= 1) {
            return list;
        }
        evaluation.bounds().grow(list.size());
        return new ArrayList<>(list);
    }

    private static @Nullable Object append(final Evaluation evaluation, final Arguments args) {
        final Object first = args.get(0);
        final Object second = args.get(1);
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        final List<?> left = first instanceof List<?> list ? list : Utils.createSequence(first);
        final List<?> right = second instanceof List<?> list ? list : List.of(second);
        evaluation.bounds().grow(left.size() + right.size());
        final JList<Object> all = new JList<>(left.size() + right.size());
        all.sequence = Utils.isSequence(left);
        all.addAll(left);
        all.addAll(right);
        return all;
    }

    private static @Nullable Object sort(final Evaluation evaluation, final Arguments args) {
        final Object comparator = args.get(1);
        final List<Object> list = copy(args, evaluation);
        if (list == null || list.size() <= 1) {
            return list;
        }
        if (comparator == null) {
            list.sort(natural(list, evaluation.bounds()));
            return list;
        }
        return new MergeSort(evaluation.bounds(), (left, right) -> {
                    final Object result = evaluation.callback(comparator, left, right);
                    return evaluation.values().isTrue(result);
                })
                .sort(list);
    }

    /** Of numbers, or of texts. */
    private static Comparator<Object> natural(final List<Object> list, final Bounds bounds) {
        final boolean numbers = list.get(0) instanceof Number;
        for (final Object item : list) {
            bounds.step();
            if (!(numbers ? item instanceof Number : item instanceof String)) {
                throw new JException("D3070", -1);
            }
        }
        return (left, right) -> {
            bounds.step();
            return numbers
                    ? Double.compare(((Number) left).doubleValue() + 0.0, ((Number) right).doubleValue() + 0.0)
                    : ((String) left).compareTo((String) right);
        };
    }

    private static @Nullable Object distinct(final Evaluation evaluation, final Arguments args) {
        if (!(args.get(0) instanceof List<?> list) || list.size() <= 1) {
            return args.get(0);
        }
        final List<Object> distinct = Utils.isSequence(list) ? Utils.createSequence() : new ArrayList<>();
        final Set<String> seen = new HashSet<>();
        for (final Object item : list) {
            evaluation.bounds().grow(1);
            if (seen.add(evaluation.values().identity(item))) {
                distinct.add(item);
            }
        }
        return distinct;
    }

    private static List<Object> zip(final Evaluation evaluation, final Arguments args) {
        final int width = args.values().size();
        int length = width == 0 ? 0 : Integer.MAX_VALUE;
        for (final Object list : args.values()) {
            length = Math.min(length, list instanceof List<?> some ? some.size() : 0);
        }
        final List<Object> tuples = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            evaluation.bounds().grow(width + 1);
            final List<Object> tuple = new ArrayList<>(width);
            for (int k = 0; k < width; k++) {
                tuple.add(((List<?>) args.values().get(k)).get(i));
            }
            tuples.add(tuple);
        }
        return tuples;
    }

    private static void keys(final @Nullable Object value, final Set<Object> keys, final Bounds bounds) {
        if (value instanceof List<?> list) {
            bounds.nest();
            for (final Object item : list) {
                keys(item, keys, bounds);
            }
            bounds.unnest();
        } else if (value instanceof Map<?, ?> members) {
            bounds.grow(members.size());
            keys.addAll(members.keySet());
        }
    }

    private static @Nullable Object lookup(final @Nullable Object value, final String name, final Bounds bounds) {
        if (value instanceof List<?> list) {
            bounds.nest();
            final List<Object> found = Utils.createSequence();
            for (final Object item : list) {
                final Object one = lookup(item, name, bounds);
                if (one instanceof List<?> several) {
                    bounds.grow(several.size());
                    found.addAll(several);
                } else if (one != null) {
                    bounds.grow(1);
                    found.add(one);
                }
            }
            bounds.unnest();
            return found;
        }
        return value instanceof Map<?, ?> members ? members.get(name) : null;
    }

    private static void spread(final Object value, final List<Object> spread, final Bounds bounds) {
        if (value instanceof List<?> list) {
            bounds.nest();
            for (final Object item : list) {
                spread(item, spread, bounds);
            }
            bounds.unnest();
        } else if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> {
                bounds.grow(2);
                final Map<Object, Object> one = new LinkedHashMap<>();
                one.put(name, member);
                spread.add(one);
            });
        } else {
            bounds.grow(1);
            spread.add(value);
        }
    }

    private static @Nullable Object merge(final Evaluation evaluation, final Arguments args) {
        final List<Object> objects = args.list(0);
        if (objects == null) {
            return null;
        }
        final Map<Object, Object> merged = new LinkedHashMap<>();
        for (final Object object : objects) {
            final Map<?, ?> members = (Map<?, ?>) object;
            evaluation.bounds().grow(members.size());
            merged.putAll(members);
        }
        return merged;
    }
}
