package io.kafkabridge.publisher;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttPersistenceException;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.CommandFailure;

/**
 * Publishes messages and says of each what the broker answered.
 *
 * <p>All state belongs to the thread in {@link #run}; other threads put events into its queue.
 */
final class Publisher {
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long RETRY_NANOS = Duration.ofMillis(100).toNanos();
    private static final long STOP_LIMIT_NANOS = Duration.ofSeconds(1).toNanos();
    /** More than the fixed header, the packet identifier and the properties of our messages take. */
    private static final int PACKET_OVERHEAD = 32;

    private final Broker broker;
    private final Publication publication;
    private final Outbox outbox;
    private final Schedule schedule;
    private final StartSignal start;
    private final Report report;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Set<Delivery> open = new HashSet<>();
    private @Nullable Delivery unsent;
    private boolean starved;
    private boolean stopped;
    private boolean ready;
    private boolean started;
    private long failed;
    private long nextTry = System.nanoTime();

    Publisher(
            Broker broker,
            Publication publication,
            Outbox outbox,
            Schedule schedule,
            StartSignal start,
            Report report) {
        this.broker = broker;
        this.publication = publication;
        this.outbox = outbox;
        this.schedule = schedule;
        this.start = start;
        this.report = report;
    }

    /** Ends {@link #run} soon. From any thread. */
    void stop() {
        events.add(new Event.Stopped());
    }

    /** Makes {@link #run} look for messages. From any thread. */
    void wake() {
        events.add(new Event.Woken());
    }

    /**
     * Publishes until the messages end and all are answered, or until stopped.
     *
     * @return how many messages failed
     * @throws CommandFailure when going on is pointless
     */
    long run(Messages messages) throws InterruptedException {
        try (Link link = new Link(broker, publication, outbox, report, events::add)) {
            open.addAll(link.inFlight().values());
            if (!open.isEmpty()) {
                report.resending(open.size());
            }
            while (!stopped && !(messages.exhausted() && open.isEmpty())) {
                Connection connection = link.connection();
                if (connection != null && mayBegin()) {
                    publishDue(connection, messages);
                }
                handle(events.poll(untilNextWork(link, connection), TimeUnit.NANOSECONDS), link);
            }
            settleRest(link);
            return failed;
        } catch (MqttException e) {
            throw CommandFailure.failed("Cannot use the files in " + outbox.folder() + ": " + e, e);
        }
    }

    /** Whether all clients have connected for the first time. */
    private boolean mayBegin() {
        if (!ready) {
            ready = true;
            start.ready();
        }
        Long given = start.given();
        if (given != null && !started) {
            started = true;
            schedule.start(given);
        }
        return started;
    }

    private long untilNextWork(Link link, @Nullable Connection connection) {
        if (connection == null) {
            return Math.min(link.nanosUntilAttempt(), IDLE_NANOS);
        }
        boolean waitsForTime = started && !starved && connection.hasRoom(publication.qos());
        return waitsForTime ? Math.min(nextSend() - System.nanoTime(), IDLE_NANOS) : IDLE_NANOS;
    }

    private long nextSend() {
        return unsent == null ? schedule.due() : nextTry;
    }

    private void publishDue(Connection connection, Messages messages) throws MqttPersistenceException {
        while (connection.hasRoom(publication.qos()) && nextSend() - System.nanoTime() <= 0) {
            Delivery next = unsent == null ? next(messages) : unsent;
            if (next == null) {
                return;
            }
            send(connection, next);
        }
    }

    private @Nullable Delivery next(Messages messages) {
        String text = messages.poll();
        if (text == null) {
            starved = true;
            return null;
        }
        long now = System.nanoTime();
        if (starved) {
            starved = false;
            schedule.skipTo(now);
        }
        unsent = Delivery.due(text, schedule.take(now));
        open.add(unsent);
        report.sent(unsent);
        return unsent;
    }

    private void send(Connection connection, Delivery delivery) throws MqttPersistenceException {
        if (packetSize(delivery) > connection.maximumPacketSize()) {
            unsent = null;
            fail(delivery, "Too large for the broker, which takes " + connection.maximumPacketSize() + " bytes");
            return;
        }
        try {
            connection.publish(publication, delivery);
            unsent = null;
        } catch (MqttPersistenceException e) {
            throw e;
        } catch (MqttException e) {
            // Just lost: the event is on its way, and the message goes out on the next connection.
            nextTry = System.nanoTime() + RETRY_NANOS;
        }
    }

    private long packetSize(Delivery delivery) {
        return (long) delivery.text().getBytes(StandardCharsets.UTF_8).length
                + publication.topic().getBytes(StandardCharsets.UTF_8).length
                + PACKET_OVERHEAD;
    }

    private void handle(@Nullable Event event, Link link) throws MqttException {
        if (event instanceof Event.Settled settled) {
            link.healthy();
            settle(settled);
        } else if (event instanceof Event.Lost loss && link.isCurrent(loss.connection())) {
            failWithConnection(loss, link);
            link.lost(loss.end());
        } else if (event instanceof Event.Stopped) {
            stopped = true;
        }
    }

    private void settle(Event.Settled settled) {
        Delivery delivery = settled.connection().inFlight().remove(settled.packetId());
        if (delivery == null || !open.contains(delivery)) {
            return; // answered twice, on the old connection and on the new one
        }
        Integer refusal = settled.refusal();
        if (refusal == null) {
            open.remove(delivery);
            report.published(delivery, settled.at());
        } else {
            fail(delivery, "Refused by the broker, " + ReasonCode.describe(refusal));
        }
    }

    /** Some messages end with their connection: a refused one of QoS 2, and those of QoS 0 that were not sent. */
    private void failWithConnection(Event.Lost loss, Link link) throws MqttException {
        Integer refusal = BrokerFailure.refusedMessage(loss.end());
        Integer packetId = refusal == null ? null : outbox.unconfirmed();
        if (refusal != null && packetId != null) {
            Delivery delivery = link.inFlight().get(packetId);
            link.giveUp(packetId);
            if (delivery != null) {
                fail(delivery, "Refused by the broker, " + ReasonCode.describe(refusal));
            }
        }
        if (publication.qos() == 0) {
            Set<Integer> stored = outbox.pending().keySet();
            link.inFlight().entrySet().stream()
                    .filter(message -> !stored.contains(message.getKey()))
                    .forEach(message -> fail(message.getValue(), "Lost with the connection (QoS 0)"));
        }
    }

    private void fail(Delivery delivery, String reason) {
        if (open.remove(delivery)) {
            failed++;
            report.failed(delivery, reason);
        }
    }

    /** After a stop: waits a moment for the last answers. */
    private void settleRest(Link link) throws InterruptedException, MqttException {
        long end = System.nanoTime() + STOP_LIMIT_NANOS;
        while (!open.isEmpty() && link.connection() != null && System.nanoTime() < end) {
            handle(events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS), link);
        }
        if (!open.isEmpty()) {
            report.unanswered(open.size(), outbox.folder());
        }
    }
}
