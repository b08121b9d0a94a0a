package io.kafkabridge.extension.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.kafkabridge.extension.delivery.Persistence;

import static org.assertj.core.api.Assertions.assertThat;

/** One client's publishes with everything that can happen to them, in an order that a seed draws. */
final class RandomSteps extends IntakeFixture {

    private static final int STEPS = 60;

    private final int seed;
    private final Random random;

    /** What has no outcome yet, and what is safe. */
    private final List<FakeDelivery.Taken> open = new ArrayList<>();

    private final List<String> safe = new ArrayList<>();
    private FakeClient client;
    private int packetId;
    private int checked;

    RandomSteps(final int seed) {
        this.seed = seed;
        random = new Random(seed);
        hivemq.stepwise();
        delivery.onTake = open::add;
        client = connect();
    }

    void run() {
        for (int i = 0; i < STEPS; i++) {
            next();
            check();
        }
        // The end of all trouble: everything is safe, every step is done, time passes.
        for (int i = 0; i < 10; i++) {
            finish();
        }
        assertThat(intake.qos2Publishes().isEmpty()).as("seed %d", seed).isTrue();
        assertThat(hivemq.steps()).as("seed %d", seed).isZero();
        assertThat(timer.size()).as("seed %d", seed).isZero();

        // Nobody is held up
        client = connect();
        checked = 0;
        client.publish(60_000, 1, "one/a", "60000");
        finish();
        assertThat(client.received()).as("seed %d", seed).contains("PUBACK 60000");
        check();
    }

    private void finish() {
        while (hivemq.steps() > 0 || !open.isEmpty()) {
            List.copyOf(open).forEach(this::makeSafe);
            if (hivemq.steps() > 0) {
                hivemq.step(0);
            }
        }
        timer.advance(Duration.ofSeconds(5));
    }

    private void next() {
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                packetId++;
                client.publish(packetId, 1 + random.nextInt(2), "one/a", Integer.toString(packetId));
            }
            case 2 -> timer.advance(Duration.ofSeconds(random.nextInt(15)));
            case 3 -> {
                client = connect();
                checked = 0;
                for (int repeat = 1; repeat <= packetId; repeat++) {
                    client.publish(repeat, 2, "one/a", Integer.toString(repeat));
                }
            }
            case 4, 5 -> {
                if (!open.isEmpty()) {
                    makeSafe(open.get(random.nextInt(open.size())));
                }
            }
            case 6 -> {
                if (!open.isEmpty()) {
                    final FakeDelivery.Taken failing = open.get(random.nextInt(open.size()));
                    if (failing.persistence() != Persistence.UNTIL_SAFE) {
                        open.remove(failing);
                        failing.fail();
                    }
                }
            }
            default -> {
                if (hivemq.steps() > 0) {
                    hivemq.step(random.nextInt(hivemq.steps()));
                }
            }
        }
    }

    private void makeSafe(final FakeDelivery.Taken record) {
        open.remove(record);
        safe.add(record.value());
        record.safe();
    }

    private void check() {
        for (; checked < client.received().size(); checked++) {
            final String packet = client.received().get(checked);
            assertThat(safe).as("seed %d: %s", seed, packet).contains(packet.substring("PUBACK ".length()));
        }
    }
}
