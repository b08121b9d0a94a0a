package io.kafkabridge.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kafkabridge.it.LoadClient.Pace;

import static org.awaitility.Awaitility.await;

/**
 * Clients of MQTT 3.1.1 and 5 with QoS 0, 1 and 2, that publish at the same time, and what is acknowledged to them. Where waits
 * speak of every client, those of QoS 0 are left out.
 */
final class Load implements AutoCloseable {

    /** As much as a test needs, and no more than leaves two small processors some rest. */
    static final Pace STEADY = new Pace(500, 0);

    private static final int PROGRESS = 200;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final List<LoadClient> clients;
    private Ledger ledger = new Ledger();

    private Load(final int port, final Pace pace) {
        final int number = NUMBER.incrementAndGet();
        clients = Stream.of(3, 5)
                .flatMap(version -> IntStream.rangeClosed(0, 2).mapToObj(qos -> {
                    final String source = "load%d-mqtt%d-qos%d".formatted(number, version, qos);
                    return LoadClient.start(source, version, qos, pace, port, ledger);
                }))
                .toList();
    }

    /** Connects the clients, under names not used before, and lets them publish to {@code load/#}. */
    static Load start(final int port, final Pace pace) {
        return new Load(port, pace);
    }

    Ledger ledger() {
        return ledger;
    }

    /** Notes what is published from now on in a new ledger. */
    void startNewLedger() {
        ledger = new Ledger();
        clients.forEach(client -> client.note(ledger));
    }

    /** Waits until every client has got many more acknowledgements. */
    void awaitProgress() {
        awaitMore(LoadClient::acknowledged, PROGRESS, LIMIT);
    }

    /** Waits until every client has got the acknowledgement of a message that it published after this call. */
    void awaitAnswers(final Duration limit) {
        final List<LoadClient> answered = acknowledged();
        final List<Integer> published =
                answered.stream().map(LoadClient::latestPublished).toList();
        await().atMost(limit).until(() -> IntStream.range(0, answered.size())
                .allMatch(i -> answered.get(i).latestAcknowledged() > published.get(i)));
    }

    /** Waits until every client was disconnected and is back. */
    void awaitReconnects() {
        awaitMore(LoadClient::connects, 1, LIMIT);
    }

    private void awaitMore(final ToIntFunction<LoadClient> number, final int more, final Duration limit) {
        final List<LoadClient> counted = acknowledged();
        final List<Integer> before =
                counted.stream().map(client -> number.applyAsInt(client)).toList();
        await().atMost(limit).until(() -> IntStream.range(0, counted.size())
                .allMatch(i -> number.applyAsInt(counted.get(i)) >= before.get(i) + more));
    }

    private List<LoadClient> acknowledged() {
        return clients.stream().filter(LoadClient::isAcknowledged).toList();
    }

    /** Whether no client ever lost its connection. */
    boolean stayedConnected() {
        return clients.stream().allMatch(client -> client.connects() == 1);
    }

    /** The number of the message that each client of QoS 0 has published latest, by its source. */
    Map<String, Integer> latestOfQos0() {
        return clients.stream()
                .filter(client -> !client.isAcknowledged())
                .collect(Collectors.toMap(LoadClient::source, LoadClient::latestPublished));
    }

    /** Stops publishing; returns once everything published is acknowledged. */
    void finish() {
        clients.forEach(LoadClient::finish);
    }

    @Override
    public void close() {
        clients.forEach(LoadClient::close);
    }
}
