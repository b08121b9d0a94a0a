package io.kafkabridge.extension.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.Secret;
import io.kafkabridge.common.Wording;

/**
 * Writes a configuration as lines, every setting with the value that is in force. Knows records and not their names, so a new
 * setting is shown without further ado. A {@link Secret} is shown as {@code ***}.
 */
public final class ConfigPrinter {

    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");

    private final StringBuilder out = new StringBuilder();

    private ConfigPrinter() {}

    /** The lines of a setting, indented by that many spaces. */
    public static String print(final String name, final Object value, final int indent) {
        final ConfigPrinter printer = new ConfigPrinter();
        printer.add(name, value, indent);
        return printer.out.toString();
    }

    private void add(final String name, final @Nullable Object value, final int indent) {
        if (value == null || value.equals(Optional.empty()) || isEmpty(value)) {
            return;
        }
        if (value instanceof Optional<?> optional) {
            add(name, optional.get(), indent);
        } else if (value instanceof Record settings && !showsItself(settings)) {
            line(name, "", indent);
            for (final RecordComponent component : settings.getClass().getRecordComponents()) {
                add(kebab(component.getName()), read(settings, component), indent + 2);
            }
        } else if (value instanceof Collection<?> all && all.stream().anyMatch(each -> !isScalar(each))) {
            all.forEach(each -> add(name, each, indent));
        } else if (value instanceof Map<?, ?> map) {
            line(name, "", indent);
            map.forEach((key, each) -> add(String.valueOf(key), each, indent + 2));
        } else {
            line(name, text(value), indent);
        }
    }

    private static boolean isEmpty(final Object value) {
        return (value instanceof Collection<?> all && all.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    private static boolean isScalar(final Object value) {
        return !(value instanceof Record settings) || showsItself(settings);
    }

    /** Whether a record has a text of its own: a topic filter, a template, a secret. */
    private static boolean showsItself(final Record settings) {
        try {
            return settings.getClass().getMethod("toString").getDeclaringClass() != Record.class
                    && !settings.toString().startsWith(settings.getClass().getSimpleName() + "[");
        } catch (final NoSuchMethodException e) {
            throw new IllegalStateException("Every object has a toString", e);
        }
    }

    private static String text(final Object value) {
        if (value instanceof Collection<?> all) {
            return (all instanceof Set<?> ? all.stream().sorted() : all.stream())
                    .map(ConfigPrinter::text)
                    .collect(Collectors.joining(", "));
        }
        if (value instanceof Duration duration) {
            return Wording.duration(duration);
        }
        if (value instanceof Long bytes) {
            return size(bytes);
        }
        return value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString();
    }

    private static String size(final long bytes) {
        if (bytes == Long.MAX_VALUE) {
            return "unlimited";
        }
        int unit = 0;
        while (unit < UNITS.size() - 1 && bytes >> (10 * unit) != 0 && bytes % (1L << (10 * (unit + 1))) == 0) {
            unit++;
        }
        return (bytes >> (10 * unit)) + UNITS.get(unit);
    }

    private static @Nullable Object read(final Record settings, final RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(settings);
        } catch (final IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Can't read " + component, e);
        }
    }

    private static String kebab(final String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private void line(final String name, final String text, final int indent) {
        out.append(" ".repeat(indent))
                .append(name)
                .append(text.isEmpty() ? "" : ": " + text)
                .append('\n');
    }
}
