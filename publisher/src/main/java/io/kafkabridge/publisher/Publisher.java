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

import io.kafkabridge.cli.CommandFailure;
import io.kafkabridge.cli.Console;

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
    private final Console console;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Set<Delivery> open = new HashSet<>();
    private @Nullable Delivery unsent;
    private boolean starved;
    private boolean stopped;
    private long failed;
    private long nextPublish = System.nanoTime();

    Publisher(Broker broker, Publication publication, Outbox outbox, Console console) {
        this.broker = broker;
        this.publication = publication;
        this.outbox = outbox;
        this.console = console;
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
        try (Link link = new Link(broker, publication, outbox, console, events::add)) {
            open.addAll(link.inFlight().values());
            if (!open.isEmpty()) {
                console.say("Unacknowledged from an earlier run, to be sent again: " + open.size());
            }
            while (!stopped && !(messages.exhausted() && open.isEmpty())) {
                Connection connection = link.connection();
                if (connection != null) {
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

    private long untilNextWork(Link link, @Nullable Connection connection) {
        if (connection == null) {
            return link.nanosUntilAttempt();
        }
        boolean waitsForTime = !starved && connection.hasRoom(publication.qos());
        return waitsForTime ? Math.min(nextPublish - System.nanoTime(), IDLE_NANOS) : IDLE_NANOS;
    }

    private void publishDue(Connection connection, Messages messages) throws MqttPersistenceException {
        starved = false;
        while (!starved && connection.hasRoom(publication.qos()) && nextPublish - System.nanoTime() <= 0) {
            if (unsent == null) {
                String text = messages.poll();
                unsent = text == null ? null : new Delivery(text);
            }
            starved = unsent == null;
            if (unsent != null) {
                open.add(unsent);
                send(connection, unsent);
            }
        }
    }

    private void send(Connection connection, Delivery delivery) throws MqttPersistenceException {
        nextPublish = System.nanoTime() + publication.interval().toNanos();
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
            nextPublish = System.nanoTime() + RETRY_NANOS;
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
            console.say("Published: " + delivery.text());
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
            console.warn(reason + ": " + delivery.text());
        }
    }

    /** After a stop: waits a moment for the last answers. */
    private void settleRest(Link link) throws InterruptedException, MqttException {
        long end = System.nanoTime() + STOP_LIMIT_NANOS;
        while (!open.isEmpty() && link.connection() != null && System.nanoTime() < end) {
            handle(events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS), link);
        }
        if (!open.isEmpty()) {
            console.warn("Without acknowledgement: " + open.size()
                    + "; QoS 1 and 2 are sent again at the next start, from " + outbox.folder());
        }
    }
}
