package io.kafkabridge.extension.cli;

/** Numbers of things, in words. */
final class Counts {

    private Counts() {}

    static String of(final int number, final String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
