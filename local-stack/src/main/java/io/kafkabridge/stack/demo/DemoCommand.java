package io.kafkabridge.stack.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.kafkabridge.stack.Checkout;
import io.kafkabridge.stack.StartException;

/** The command line behind {@code ./demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = DemoCommand.Version.class,
        description = {
            "Shows messages go publisher -> HiveMQ CE -> bridge -> Kafka -> consumer on this machine, over TLS and with passwords.",
            "Runs until Ctrl-C. Data, certificates and passwords lie in .local/; each start begins with empty brokers."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all messages of --count came out of Kafka",
            "1:they didn't, or a part of the pipeline failed",
            "2:the command is wrong"
        })
public final class DemoCommand implements Callable<Integer> {

    private static final Duration FIRST_MESSAGE_LIMIT = Duration.ofSeconds(60);
    private static final Duration MESSAGE_LIMIT = Duration.ofSeconds(5);

    @ArgGroup
    @Nullable
    Mode mode;

    @Spec
    @Nullable
    CommandSpec spec;

    /** What to do instead of showing messages until Ctrl-C. */
    static final class Mode {

        @Option(
                names = "--count",
                paramLabel = "N",
                description =
                        "End once N messages came out of Kafka; fail when that takes over 60 seconds and 5 for each.")
        int count;

        @Option(
                names = "--brokers-only",
                description =
                        "Start only the brokers, and print the .env for publisher and consumer in other terminals.")
        boolean brokersOnly;
    }

    /** The version that the jar was built as. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = DemoCommand.class.getPackage().getImplementationVersion();
            return new String[] {"hivemq-kafka-bridge demo " + (version == null ? "(not built as a jar)" : version)};
        }
    }

    public static void main(String... arguments) {
        System.exit(new CommandLine(new DemoCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (mode != null && !mode.brokersOnly && mode.count < 1) {
            throw new CommandLine.ParameterException(line, "--count must be at least 1, not " + mode.count + ".");
        }
        Screen screen = new Screen(line.getOut(), CommandLine.Help.Ansi.AUTO.enabled());
        Ending ending = Ending.install(screen);
        try {
            return run(Checkout.root(), screen, ending);
        } catch (StartException | DemoException | IOException | UncheckedIOException e) {
            if (!ending.hasBegun()) {
                complain(line.getErr(), e);
            }
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private int run(Path project, Screen screen, Ending ending) throws Exception {
        DemoFolder folder = ending.add(DemoFolder.lock(project));
        DemoBrokers brokers = DemoBrokers.start(folder, screen, ending);
        if (mode != null && mode.brokersOnly) {
            screen.show(brokers.howToConnect());
            new CountDownLatch(1).await(); // until Ctrl-C
        }
        Pipeline pipeline = new Pipeline(folder, brokers, screen, ending);
        if (mode == null) {
            screen.step("Publisher and consumer are starting; Ctrl-C ends all");
            return pipeline.runUntilStopped();
        }
        screen.step("Publisher and consumer are starting (--count " + mode.count + ")");
        return pipeline.run(mode.count, FIRST_MESSAGE_LIMIT.plus(MESSAGE_LIMIT.multipliedBy(mode.count)));
    }

    private static void complain(PrintWriter err, Exception e) {
        err.println("demo: " + e.getMessage());
        err.flush();
    }
}
