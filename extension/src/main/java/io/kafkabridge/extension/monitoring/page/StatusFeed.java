package io.kafkabridge.extension.monitoring.page;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.monitoring.metrics.RecentProblems;

/**
 * Takes a sample of everything once a second, on a thread of its own, and makes JSON of it when somebody looks: once for all who
 * do. Thread-safe.
 */
final class StatusFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusFeed.class);
    private static final long INTERVAL_MILLIS = 1000;

    /** Longer than the interval: while there are viewers, only the ticks make documents, one a point. */
    private static final long FRESH = Duration.ofMillis(1500).toNanos();

    private static final ObjectMapper JSON =
            new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    /**
     * The status at one time, as JSON.
     *
     * @param number counts up with each
     * @param configuration counts up with each configuration
     * @param about see {@link About}
     * @param status see {@link Status}
     */
    record Document(long number, long configuration, String about, String status) {}

    private final BridgeView bridge;
    private final MetricRegistry metrics;
    private final Installation installation;
    private final RecentProblems problems = new RecentProblems();
    private final History history = new History();
    private final StatusBuilder builder;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(action -> {
        final Thread made = new Thread(action, "hivemq-kafka-bridge-status");
        made.setDaemon(true);
        return made;
    });
    private int viewers;
    private long made;
    private long documents;
    private long configurations;
    private @Nullable BridgeConfig shown;
    private String about = "";
    private @Nullable Document latest;

    StatusFeed(final BridgeView bridge, final MetricRegistry metrics, final Installation installation) {
        this.bridge = bridge;
        this.metrics = metrics;
        this.installation = installation;
        this.builder = new StatusBuilder(bridge, metrics, new KeptRecords(installation.data()), problems, history);
        problems.listen();
        thread.scheduleAtFixedRate(this::tick, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            problems.listen();
            if (bridge.config().monitoring().isPresent()
                    || bridge.configStatus().state() != ConfigStatus.State.IN_FORCE) {
                history.add(Sample.now(bridge, metrics, System.nanoTime()));
                makeForViewers();
            }
        } catch (final RuntimeException e) {
            LOG.debug("No status this time", e);
        }
    }

    private synchronized void makeForViewers() {
        if (viewers > 0) {
            make();
        }
    }

    /** The status now, a second old or so. */
    synchronized Document now() {
        return latest != null && System.nanoTime() - made < FRESH ? latest : make();
    }

    /** The last ten minutes as JSON. */
    String history() {
        return json(history.points());
    }

    /** Waits for a newer document than that one; null when none comes within the time. */
    synchronized @Nullable Document after(final long number, final Duration limit) throws InterruptedException {
        final long deadline = System.nanoTime() + limit.toNanos();
        while (latest == null || latest.number() <= number) {
            final long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        return latest;
    }

    /** Somebody looks from now on. */
    synchronized void join() {
        viewers++;
    }

    /** Somebody looks no more. */
    synchronized void leave() {
        viewers--;
    }

    private synchronized Document make() {
        final BridgeConfig config = bridge.config();
        if (!config.equals(shown)) {
            shown = config;
            configurations++;
            about = json(About.of(config, installation));
        }
        latest = new Document(++documents, configurations, about, json(builder.build(Instant.now())));
        made = System.nanoTime();
        notifyAll();
        return latest;
    }

    private static String json(final Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("Can't write " + value.getClass(), e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        problems.close();
    }
}
