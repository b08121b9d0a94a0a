package io.kafkabridge.publisher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.kafkabridge.common.CommandRunner;
import io.kafkabridge.common.Console;
import io.kafkabridge.common.GeneralOptions;
import io.kafkabridge.common.ManifestVersion;
import io.kafkabridge.common.StopSignal;
import io.kafkabridge.common.Terminal;

/** The command line of the publisher. */
@Command(
        name = "publisher",
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        header = "publish messages to an MQTT broker, and say which it acknowledged",
        description = {
            "Publishes until stopped, and prints each message that the broker acknowledged.",
            "With --rate or several --clients it shows rate and latencies instead.",
            "A message of QoS 1 or 2 is kept on disk until it is acknowledged."
        },
        footer = {
            "publisher --broker tcp://localhost:1883 --count 2",
            "publisher --message 'hello' --topic plant/7/temp --interval 500ms",
            "seq 3 | publisher --message - --topic numbers",
            "publisher --rate 1000 --clients 20 --duration 30s --size 256"
        },
        exitCodeList = {
            "0:done",
            "1:failed, or a message was refused",
            "2:a flag, a variable or the .env file is wrong",
            "130, 143:stopped with Ctrl-C, or with SIGTERM"
        })
public final class PublisherCommand implements Callable<Integer> {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration REFRESH_ON_TERMINAL = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofSeconds(5);

    @Mixin
    private BrokerOptions brokerOptions = new BrokerOptions();

    @Mixin
    private MessageOptions messageOptions = new MessageOptions();

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Option(
            names = "--state-dir",
            descriptionKey = "PUBLISHER_STATE_DIR",
            paramLabel = "FOLDER",
            description = "Keeps unacknowledged messages; hivemq-kafka-bridge/publisher in $XDG_STATE_HOME or"
                    + " ~/.local/state by default. [PUBLISHER_STATE_DIR]")
    private @Nullable Path stateFolder;

    @Option(
            names = "--in-memory",
            description = "Don't keep unacknowledged messages on disk: faster, but they are lost with the publisher.")
    private boolean inMemory;

    @Mixin
    private GeneralOptions general = new GeneralOptions();

    public static void main(String[] args) {
        CommandRunner.main(new PublisherCommand(), args);
    }

    @Override
    public Integer call() throws Exception {
        Publication publication = messageOptions.publication();
        messageOptions.check();
        load.check();
        Broker broker = brokerOptions.broker();
        List<Outbox> outboxes = new ArrayList<>();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            for (String clientId : clientIds(broker.clientId())) {
                outboxes.add(Outbox.open(stateFolder(), broker.as(clientId), publication.topic(), inMemory));
            }
            return publish(broker, publication, outboxes, timer);
        } finally {
            timer.shutdownNow();
            outboxes.forEach(Outbox::release);
        }
    }

    private List<String> clientIds(String clientId) {
        List<String> ids = new ArrayList<>();
        for (int number = 1; number <= load.clients(); number++) {
            ids.add(load.clients() == 1 ? clientId : clientId + "-" + number);
        }
        return ids;
    }

    private int publish(Broker broker, Publication publication, List<Outbox> outboxes, ScheduledExecutorService timer)
            throws Exception {
        Clients clients = new Clients();
        StartSignal start = new StartSignal(load.clients());
        Progress progress = load.showsProgress() ? progress(publication, start) : null;
        start.then(() -> begin(clients, progress, timer));
        Report report = progress == null ? new Transcript(general.console()) : progress;
        Duration byDefault = messageOptions.readsInput() ? Duration.ZERO : INTERVAL;
        for (Outbox outbox : outboxes) {
            Schedule schedule = load.schedule(outboxes.indexOf(outbox), byDefault);
            clients.add(new Publisher(broker.as(outbox.clientId()), publication, outbox, schedule, start, report));
        }
        Messages messages = messages(clients, start);
        return StopSignal.during(() -> run(clients, messages, timer, progress), clients::stop);
    }

    /** All are connected. */
    private void begin(Clients clients, @Nullable Progress progress, ScheduledExecutorService timer) {
        clients.wake();
        Duration limit = load.duration();
        if (limit != null) {
            timer.schedule(clients::wake, limit.toNanos(), TimeUnit.NANOSECONDS);
        }
        if (progress != null) {
            long refresh = (Terminal.present() ? REFRESH_ON_TERMINAL : REFRESH).toNanos();
            timer.scheduleAtFixedRate(progress::show, refresh, refresh, TimeUnit.NANOSECONDS);
        }
    }

    private static int run(
            Clients clients, Messages messages, ScheduledExecutorService timer, @Nullable Progress progress)
            throws InterruptedException {
        try {
            return clients.run(messages) == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        } finally {
            timer.shutdownNow();
            if (progress != null) {
                progress.summarize();
            }
        }
    }

    private Progress progress(Publication publication, StartSignal start) {
        Console console = general.console();
        Counts.Plan plan = new Counts.Plan(load.clients(), publication.qos(), load.rate());
        return new Progress(console, Terminal.present(), plan, start, stateFolder());
    }

    private Messages messages(Clients clients, StartSignal start) {
        Messages messages = messageOptions.messages(clients::wake);
        Long count = load.count();
        if (count != null) {
            messages = Messages.atMost(count, messages);
        }
        Duration limit = load.duration();
        if (limit != null) {
            messages = Messages.during(limit, start, messages);
        }
        return Messages.shared(messages, clients::wake);
    }

    private Path stateFolder() {
        if (stateFolder != null) {
            return stateFolder;
        }
        String xdg = System.getenv("XDG_STATE_HOME");
        Path states = xdg == null || xdg.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(xdg);
        return states.resolve("hivemq-kafka-bridge").resolve("publisher");
    }
}
