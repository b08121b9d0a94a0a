package io.kafkabridge.publisher;

import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Publishes messages to an MQTT broker until stopped. */
@Command(name = "publisher", mixinStandardHelpOptions = true, description = "Publishes messages to an MQTT broker.")
public final class PublisherCommand implements Callable<Integer> {

    public static void main(String[] args) {
        System.exit(new CommandLine(new PublisherCommand()).execute(args));
    }

    @Override
    public Integer call() {
        return CommandLine.ExitCode.OK;
    }
}
