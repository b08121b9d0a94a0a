package io.kafkabridge.extension.monitoring.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.model.Monitoring;

/**
 * The JDK's HTTP server with a site, on threads of its own. A server that can't listen is no failure of the bridge: it is told,
 * and tried again. Thread-safe; no call waits for the network.
 */
public final class MonitoringServer {

    private static final Logger LOG = LoggerFactory.getLogger(MonitoringServer.class);
    private static final String NAME = "hivemq-kafka-bridge-http";
    private static final Duration RETRY = Duration.ofSeconds(5);

    /**
     * The JDK's server reads a request on the thread that will answer it, so a client that stalls holds one. Health checks come
     * through all the same: with so many threads, the one that stalls for longest gives way.
     */
    private static final int THREADS = 64;

    private static final int WAITING = 64;
    private static final int STREAMS = 16;

    /** Of the JDK's server: how many connections it keeps at a time, all servers of a JVM alike. */
    private static final String MAX_CONNECTIONS = "jdk.httpserver.maxConnections";

    /** A server that listens, with its threads. */
    private record Running(HttpServer server, Workers workers, Workers streams) {

        void interruptLate() {
            workers.interruptLate();
            streams.interruptLate();
        }

        void stop() {
            workers.stop();
            streams.stop();
            server.stop(0);
        }
    }

    private final Site site;
    private final Duration patience;
    private final ScheduledExecutorService keeper;
    private Optional<Monitoring> wanted = Optional.empty();
    private @Nullable Monitoring refused;
    private volatile @Nullable Running running;

    /** Makes a server that doesn't listen yet. */
    public MonitoringServer(final Site site) {
        this(site, Workers.PATIENCE);
    }

    MonitoringServer(final Site site, final Duration patience) {
        this.site = site;
        this.patience = patience;
        this.keeper = keeper();
        keeper.scheduleWithFixedDelay(this::interruptLate, 1, 1, TimeUnit.SECONDS);
    }

    private static ScheduledExecutorService keeper() {
        final ScheduledThreadPoolExecutor keeper = new ScheduledThreadPoolExecutor(
                1,
                action -> {
                    final Thread thread = new Thread(action, NAME);
                    thread.setDaemon(true); // The JDK's dispatcher takes it from here.
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        keeper.setRemoveOnCancelPolicy(true);
        return keeper;
    }

    /** Listens where it says from now on, or nowhere. Doesn't wait for it. */
    public void follow(final Optional<Monitoring> monitoring) {
        keeper.execute(() -> {
            if (!monitoring.equals(wanted)) {
                wanted = monitoring;
                refused = null;
                close();
                monitoring.ifPresent(this::open);
            }
        });
    }

    /** Where it listens; empty while it doesn't. */
    public Optional<InetSocketAddress> address() {
        return Optional.ofNullable(running).map(now -> now.server().getAddress());
    }

    /** Closes all connections and ends its threads. */
    public void stop() {
        keeper.execute(this::close);
        keeper.shutdown();
        try {
            if (!keeper.awaitTermination(2, TimeUnit.SECONDS)) {
                keeper.shutdownNow();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open(final Monitoring monitoring) {
        if (!wanted.equals(Optional.of(monitoring))) {
            return;
        }
        if (System.getProperty(MAX_CONNECTIONS) == null) {
            // Else as many as the broker has file descriptors.
            System.setProperty(MAX_CONNECTIONS, "1000");
        }
        final InetSocketAddress address = new InetSocketAddress(monitoring.bindAddress(), monitoring.port());
        try {
            if (address.isUnresolved()) {
                throw new IOException("no such host name");
            }
            listen(HttpServer.create(address, WAITING), monitoring);
        } catch (final IOException | RuntimeException e) {
            if (!monitoring.equals(refused)) {
                refused = monitoring;
                LOG.warn(
                        "The monitoring server can't listen on {}: {}. The bridge works without it, and tries again every"
                                + " {} s. Free the port, or set another <port> or <bind-address> in <monitoring>.",
                        show(monitoring.bindAddress(), monitoring.port()),
                        e.getMessage(),
                        RETRY.toSeconds());
            }
            keeper.schedule(() -> open(monitoring), RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void listen(final HttpServer server, final Monitoring monitoring) {
        final Workers workers = Workers.yielding(NAME + "-page", THREADS, WAITING, patience);
        final Workers streams = Workers.unqueued(NAME + "-stream", STREAMS, patience);
        server.setExecutor(workers);
        server.createContext(
                "/",
                new Entrance(
                        site,
                        monitoring.login().map(Login::new),
                        server.getAddress().getAddress(),
                        streams));
        server.start();
        running = new Running(server, workers, streams);
        LOG.info(
                "Monitoring: http://{}/{}",
                show(monitoring.bindAddress(), server.getAddress().getPort()),
                monitoring.login().isPresent() ? " (with a password)" : "");
    }

    private static String show(final String host, final int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private void interruptLate() {
        final Running now = running;
        if (now != null) {
            now.interruptLate();
        }
    }

    private void close() {
        final Running now = running;
        running = null;
        if (now != null) {
            now.stop();
        }
    }
}
