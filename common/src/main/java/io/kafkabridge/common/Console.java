package io.kafkabridge.common;

import java.io.PrintWriter;

import org.jspecify.annotations.Nullable;

/**
 * Where a command writes to.
 *
 * @param out results and states, the standard output
 * @param err what is wrong, the standard error
 * @param debug whether causes are shown with their stack traces
 */
public record Console(PrintWriter out, PrintWriter err, boolean debug) {
    /** Prints one line of results. */
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Prints one line about something that is wrong. */
    public void warn(String line) {
        warn(line, null);
    }

    /** Prints one line about something that is wrong and, with {@code --debug}, what caused it. */
    public void warn(String line, @Nullable Throwable cause) {
        err.println(line);
        if (debug && cause != null) {
            cause.printStackTrace(err);
        }
        err.flush();
    }
}
