package io.kafkabridge.stack.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.kafkabridge.stack.demo.Screen.Speaker;

/** Publisher and consumer at work between the demo's brokers. */
final class Pipeline {

    private static final String RECEIVED = "Received message: ";

    private final DemoFolder folder;
    private final DemoBrokers brokers;
    private final Screen screen;
    private final Ending ending;
    private final AtomicInteger received = new AtomicInteger();

    Pipeline(DemoFolder folder, DemoBrokers brokers, Screen screen, Ending ending) {
        this.folder = folder;
        this.brokers = brokers;
        this.screen = screen;
        this.ending = ending;
    }

    /** Runs until Ctrl-C, or until one side ends by itself, which it shouldn't: then exit code 1. */
    int runUntilStopped() throws IOException, InterruptedException, ExecutionException {
        ClientProcess consumer = consumer(List.of());
        ClientProcess publisher = publisher(List.of());
        CompletableFuture<String> failure = new CompletableFuture<>();
        endsEarly("consumer", consumer, failure);
        endsEarly("publisher", publisher, failure);
        conclude(failure.get());
        return 1;
    }

    /** Runs until that many messages were published and came out of Kafka: exit code 0, or 1 when they don't in time. */
    int run(int count, Duration limit) throws IOException, InterruptedException {
        ClientProcess consumer = consumer(List.of("--count", Integer.toString(count)));
        ClientProcess publisher = publisher(List.of("--count", Integer.toString(count)));
        CompletableFuture<Integer> exitCode = consumer.end().thenCombine(publisher.end(), Math::max);
        failsEarly(consumer, exitCode);
        failsEarly(publisher, exitCode);
        try {
            exitCode.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            conclude(received + " of " + count + " messages came out of Kafka within " + limit.toSeconds() + " s");
            return 1;
        } catch (ExecutionException e) {
            conclude("Publisher or consumer failed: " + e.getCause());
            return 1;
        }
        conclude(received + " of " + count + " messages came out of Kafka");
        return received.get() == count && exitCode.join() == 0 ? 0 : 1;
    }

    /** Says how it ended, unless the user ended it. */
    private void conclude(String result) {
        if (!ending.hasBegun()) {
            screen.step(result);
        }
    }

    /** When one side fails, there is nothing to wait for. */
    private static void failsEarly(ClientProcess client, CompletableFuture<Integer> exitCode) {
        var unused = client.end().thenAccept(code -> {
            if (code != 0) {
                exitCode.complete(code);
            }
        });
    }

    private void endsEarly(String name, ClientProcess client, CompletableFuture<String> failure) {
        var unused = client.end()
                .whenComplete((code, broken) -> failure.complete(
                        "The " + name + " ended " + (broken == null ? "with exit code " + code : "by " + broken)));
    }

    private ClientProcess publisher(List<String> arguments) throws IOException {
        return start("publisher/target/publisher.jar", arguments, Speaker.PUBLISHER);
    }

    private ClientProcess consumer(List<String> arguments) throws IOException {
        return start("consumer/target/consumer.jar", arguments, Speaker.CONSUMER);
    }

    private ClientProcess start(String path, List<String> arguments, Speaker speaker) throws IOException {
        Map<String, String> environment = new HashMap<>(brokers.clientSettings());
        environment.put("PUBLISHER_STATE_DIR", folder.clients().toString());
        return ending.add(ClientProcess.start(folder.built(path), arguments, folder.clients(), environment, line -> {
            if (speaker == Speaker.CONSUMER && line.startsWith(RECEIVED)) {
                received.incrementAndGet();
            }
            screen.line(speaker, line);
        }));
    }
}
