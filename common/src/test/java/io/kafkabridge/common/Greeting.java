package io.kafkabridge.common;

import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command to try with what all commands share. */
@Command(
        name = "greeting",
        sortOptions = false,
        header = "greet people",
        description = "Says hello.",
        footer = "$0 --name Ana",
        exitCodeList = {"0:done", "12, 34:stopped"})
final class Greeting implements Callable<Integer> {
    @Mixin
    GeneralOptions general = new GeneralOptions();

    @Option(names = "--name", descriptionKey = "NAME", required = true)
    String name = "";

    @Option(names = "--times", descriptionKey = "TIMES", defaultValue = "7")
    int times;

    @Option(names = "--password", descriptionKey = "PASSWORD", interactive = true, arity = "0..1")
    @Nullable
    Secret password;

    @Nullable
    RuntimeException failure;

    boolean greeted;

    @Override
    public Integer call() {
        if (failure != null) {
            throw Objects.requireNonNull(failure);
        }
        greeted = true;
        general.console().say("Hello " + name);
        return 0;
    }
}
