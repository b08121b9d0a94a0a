package io.kafkabridge.extension.payload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import org.jspecify.annotations.Nullable;

/** What can be said about any value of an expression, within bounds. For one evaluation. */
final class Values {

    private final Bounds bounds;

    Values(final Bounds bounds) {
        this.bounds = bounds;
    }

    static boolean isFunction(final @Nullable Object value) {
        return Utils.isFunction(value) || Functions.isLambda(value);
    }

    /** JSONata's effective boolean value; undefined isn't true. */
    boolean isTrue(final @Nullable Object value) {
        bounds.step();
        if (value instanceof List<?> elements) {
            bounds.nest();
            boolean any = false;
            for (int i = 0; i < elements.size() && !any; i++) {
                any = isTrue(elements.get(i));
            }
            bounds.unnest();
            return any;
        }
        return (value instanceof String text && !text.isEmpty())
                || (value instanceof Number number && number.doubleValue() != 0)
                || (value instanceof Map<?, ?> members && !members.isEmpty())
                || Boolean.TRUE.equals(value);
    }

    /** Whether two values, neither undefined, are the same, however their numbers are spelled. */
    boolean isEqual(final Object left, final Object right) {
        bounds.step();
        if (left instanceof Number l && right instanceof Number r) {
            return l.doubleValue() == r.doubleValue();
        }
        final boolean equal;
        if (left instanceof List<?> l && right instanceof List<?> r) {
            bounds.nest();
            equal = l.size() == r.size() && areEqual(l, r);
            bounds.unnest();
        } else if (left instanceof Map<?, ?> l && right instanceof Map<?, ?> r) {
            bounds.nest();
            equal = l.size() == r.size() && areEqual(l, r);
            bounds.unnest();
        } else {
            equal = left.equals(right);
        }
        return equal;
    }

    private boolean areEqual(final List<?> left, final List<?> right) {
        for (int i = 0; i < left.size(); i++) {
            if (!isEqual(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean areEqual(final Map<?, ?> left, final Map<?, ?> right) {
        for (final Map.Entry<?, ?> member : left.entrySet()) {
            final Object other = right.get(member.getKey());
            if (other == null || !isEqual(member.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    /** A text that two values share when they are equal: quick to look up, whatever a payload holds. */
    String identity(final Object value) {
        if (value instanceof String text) {
            return '"' + text;
        }
        if (value instanceof Number number) {
            return Double.toString(number.doubleValue() + 0.0);
        }
        final StringBuilder identity = new StringBuilder();
        identity(value, identity);
        return identity.toString();
    }

    private void identity(final Object value, final StringBuilder identity) {
        final int start = identity.length();
        if (value instanceof List<?> elements) {
            bounds.nest();
            identity.append('[');
            elements.forEach(element -> identity(element, identity));
            identity.append(']');
            bounds.unnest();
        } else if (value instanceof Map<?, ?> members) {
            bounds.nest();
            identity.append('{');
            new TreeMap<>(members).forEach((name, member) -> {
                final String text = String.valueOf(name);
                identity.append(text.length()).append(':').append(text);
                identity(member, identity);
            });
            identity.append('}');
            bounds.unnest();
        } else if (value instanceof String text) {
            identity.append('"').append(text.length()).append(':').append(text);
        } else if (value instanceof Number number) {
            identity.append('n').append(number.doubleValue() + 0.0);
        } else if (isFunction(value)) {
            identity.append('f').append(System.identityHashCode(value));
        } else {
            identity.append(value);
        }
        identity.append(',');
        bounds.text((long) identity.length() - start);
    }

    /** A copy that shares nothing which could change. Numbers keep their digits. */
    @Nullable
    Object copy(final @Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            bounds.nest();
            bounds.grow(members.size());
            final Map<Object, @Nullable Object> copied = new LinkedHashMap<>();
            members.forEach((name, member) -> copied.put(name, copy(member)));
            bounds.unnest();
            return copied;
        }
        if (value instanceof List<?> elements) {
            bounds.nest();
            bounds.grow(elements.size());
            final List<@Nullable Object> copied = new ArrayList<>(elements.size());
            elements.forEach(element -> copied.add(copy(element)));
            bounds.unnest();
            return copied;
        }
        return value;
    }

    /** JSONata's name for a value's kind. */
    static String kind(final Object value) {
        if (value == Jsonata.NULL_VALUE) {
            return "null";
        }
        if (value instanceof Number) {
            return "number";
        }
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        if (value instanceof List) {
            return "array";
        }
        return isFunction(value) ? "function" : "object";
    }
}
