package io.kafkabridge.extension.monitoring.prometheus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;
import org.jspecify.annotations.Nullable;

/** A metric of the bridge: where it is in the registry, and what it is in Prometheus. What varies there is a label here. */
final class Family {

    /** What a metric is in Prometheus, and in the registry. */
    enum Kind {
        /** A counter. */
        COUNTER,
        /** A gauge, or a counter that also goes down. */
        GAUGE,
        /** A timer: quantiles and a count, and a gauge for the longest. */
        TIMER
    }

    private static final Pattern LABEL = Pattern.compile("<([a-z]+)>");

    private final String registryName;
    private final Pattern pattern;
    private final List<String> labels = new ArrayList<>();
    private final MetricMetadata metadata;
    private final Kind kind;

    /**
     * Describes a metric.
     *
     * @param registryName its name in the registry, with labels as {@code <name>}
     * @param kind what it is
     * @param name its name in Prometheus, without {@code _total}
     * @param help what it tells, in a sentence without a full stop
     */
    Family(final String registryName, final Kind kind, final String name, final String help) {
        this.registryName = registryName;
        this.kind = kind;
        this.metadata = new MetricMetadata(name, help, unit(name));
        final StringBuilder regex = new StringBuilder();
        final Matcher matcher = LABEL.matcher(registryName);
        int end = 0;
        while (matcher.find()) {
            labels.add(matcher.group(1));
            // An id may hold dots; the other labels are the bridge's own words.
            final boolean id = !registryName.substring(matcher.end()).isEmpty();
            regex.append(Pattern.quote(registryName.substring(end, matcher.start())))
                    .append(id ? "(.+)" : "([^.]+)");
            end = matcher.end();
        }
        this.pattern = Pattern.compile(regex + Pattern.quote(registryName.substring(end)), Pattern.DOTALL);
    }

    private static @Nullable Unit unit(final String name) {
        if (name.endsWith("_bytes")) {
            return Unit.BYTES;
        }
        return name.endsWith("_seconds") ? Unit.SECONDS : null;
    }

    String registryName() {
        return registryName;
    }

    Kind kind() {
        return kind;
    }

    MetricMetadata metadata() {
        return metadata;
    }

    /** Of a timer: its longest time. */
    MetricMetadata longest() {
        return new MetricMetadata(
                metadata.getName().replaceAll("_seconds$", "_max_seconds"),
                metadata.getHelp() + ", the longest of late",
                Unit.SECONDS);
    }

    /** The labels of a metric of the registry; empty when it isn't of this family. */
    Optional<Labels> labels(final String metric) {
        final Matcher matcher = pattern.matcher(metric);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        final Labels.Builder found = Labels.builder();
        for (int i = 0; i < labels.size(); i++) {
            found.label(labels.get(i), matcher.group(i + 1));
        }
        return Optional.of(found.build());
    }
}
