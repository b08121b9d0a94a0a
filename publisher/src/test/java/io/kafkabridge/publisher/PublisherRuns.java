package io.kafkabridge.publisher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kafkabridge.common.CommandRunner;

/** Runs the publisher in this JVM, one run or several with the same state folder, and keeps what it prints. */
final class PublisherRuns {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    private final Path folder;

    PublisherRuns(Path folder) {
        this.folder = folder;
    }

    int run(ScriptedBroker broker, String... options) {
        return run(broker.address(), options);
    }

    /** Returns the exit code. */
    int run(String address, String... options) {
        List<String> args = new ArrayList<>(List.of(
                "--broker", address, "--state-dir", folder.resolve("state").toString(), "--interval", "0"));
        args.addAll(List.of(options));
        return new CommandRunner(Map.of(), folder, new PrintWriter(out), new PrintWriter(err))
                .run(new PublisherCommand(), args.toArray(String[]::new));
    }
}
