package io.kafkabridge.consumer;

import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Prints the records of Kafka topics until stopped. */
@Command(name = "consumer", mixinStandardHelpOptions = true, description = "Prints the records of Kafka topics.")
public final class ConsumerCommand implements Callable<Integer> {

    public static void main(String[] args) {
        System.exit(new CommandLine(new ConsumerCommand()).execute(args));
    }

    @Override
    public Integer call() {
        return CommandLine.ExitCode.OK;
    }
}
