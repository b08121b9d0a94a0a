package io.kafkabridge.extension.monitoring.prometheus;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.codahale.metrics.Counting;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Sampling;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at all metrics of a registry. For one thread. */
final class Scrape {

    private static final Logger LOG = LoggerFactory.getLogger(Scrape.class);
    private static final double NANOS = 1e9;
    private static final double[] OWN_QUANTILES = {0.5, 0.99};
    private static final double[] QUANTILES = {0.5, 0.75, 0.95, 0.98, 0.99, 0.999};

    private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
    private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
    private final Map<String, SummarySnapshot.Builder> summaries = new LinkedHashMap<>();

    /** Whose a name is: two metrics of the registry may come to the same. */
    private final Map<String, String> owners = new HashMap<>();

    private Scrape() {}

    static MetricSnapshots of(final MetricRegistry registry) {
        final Scrape scrape = new Scrape();
        registry.getMetrics().forEach((name, metric) -> {
            try {
                scrape.add(name, metric);
            } catch (final RuntimeException e) {
                // A gauge of HiveMQ or of another extension that can't tell now: the others can.
                LOG.debug("The metric {} can't be read: {}", name, e.toString());
            }
        });
        final MetricSnapshots.Builder all = MetricSnapshots.builder();
        scrape.counters.values().forEach(each -> all.metricSnapshot(each.build()));
        scrape.gauges.values().forEach(each -> all.metricSnapshot(each.build()));
        scrape.summaries.values().forEach(each -> all.metricSnapshot(each.build()));
        return all.build();
    }

    private void add(final String name, final Metric metric) {
        if (!Catalog.isOwn(name)) {
            foreign(name, metric);
        } else if (!Catalog.isSum(name)) {
            for (final Family family : Catalog.families()) {
                final Optional<Labels> labels = family.labels(name);
                if (labels.isPresent()) {
                    own(family, labels.get(), metric);
                    return;
                }
            }
            foreign(name, metric);
        }
    }

    private void own(final Family family, final Labels labels, final Metric metric) {
        switch (family.kind()) {
            case COUNTER -> counter(family.metadata(), labels, number(metric));
            case GAUGE -> gauge(family.metadata(), labels, number(metric));
            case TIMER -> {
                final Timer timer = (Timer) metric;
                final Snapshot snapshot = timer.getSnapshot();
                summary(family.metadata(), labels, snapshot, timer.getCount(), OWN_QUANTILES, NANOS);
                gauge(family.longest(), labels, snapshot.getMax() / NANOS);
            }
        }
    }

    /** Named and shown as HiveMQ's Prometheus extension does. */
    private void foreign(final String name, final Metric metric) {
        final String plain = name.replaceAll("[^A-Za-z0-9_:]", "_");
        final boolean counts = metric instanceof Meter;
        final String base = plain.replaceAll("(_total)+$", "");
        if (base.isEmpty() || owners.putIfAbsent(base, name) != null) {
            return;
        }
        final MetricMetadata metadata =
                new MetricMetadata(base.matches("[0-9].*") ? "_" + base : base, "From HiveMQ's registry: " + name);
        if (metric instanceof Sampling sampling && metric instanceof Counting counting) {
            final double scale = metric instanceof Timer ? NANOS : 1;
            summary(metadata, Labels.EMPTY, sampling.getSnapshot(), counting.getCount(), QUANTILES, scale);
        } else if (counts || !base.equals(plain)) {
            counter(metadata, Labels.EMPTY, number(metric));
        } else {
            gauge(metadata, Labels.EMPTY, number(metric));
        }
    }

    private static double number(final Metric metric) {
        if (metric instanceof Counting counting) {
            return counting.getCount();
        }
        final Object value = ((Gauge<?>) metric).getValue();
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean yes) {
            return yes ? 1 : 0;
        }
        throw new IllegalArgumentException("it is no number");
    }

    private void counter(final MetricMetadata metadata, final Labels labels, final double value) {
        counters.computeIfAbsent(metadata.getName(), name -> CounterSnapshot.builder()
                        .name(name)
                        .help(metadata.getHelp())
                        .unit(metadata.getUnit()))
                .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .labels(labels)
                        .value(Math.max(0, value))
                        .build());
    }

    private void gauge(final MetricMetadata metadata, final Labels labels, final double value) {
        gauges.computeIfAbsent(metadata.getName(), name -> GaugeSnapshot.builder()
                        .name(name)
                        .help(metadata.getHelp())
                        .unit(metadata.getUnit()))
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(labels)
                        .value(value)
                        .build());
    }

    private void summary(
            final MetricMetadata metadata,
            final Labels labels,
            final Snapshot snapshot,
            final long count,
            final double[] quantiles,
            final double scale) {
        final Quantiles.Builder values = Quantiles.builder();
        for (final double quantile : quantiles) {
            values.quantile(new Quantile(quantile, snapshot.getValue(quantile) / scale));
        }
        summaries
                .computeIfAbsent(metadata.getName(), name -> SummarySnapshot.builder()
                        .name(name)
                        .help(metadata.getHelp())
                        .unit(metadata.getUnit()))
                .dataPoint(SummarySnapshot.SummaryDataPointSnapshot.builder()
                        .labels(labels)
                        .quantiles(values.build())
                        .count(count)
                        .build());
    }
}
