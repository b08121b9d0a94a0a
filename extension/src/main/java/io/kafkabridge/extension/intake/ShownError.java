package io.kafkabridge.extension.intake;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * An error as the log may show it: its class and its stack trace, but its message only where that is the JVM's own. Others may
 * quote a payload, of any length.
 */
final class ShownError extends Throwable {

    private static final long serialVersionUID = 1L;
    private static final int MAX_CAUSES = 5;

    /** More are those of an endless recursion. */
    private static final int MAX_FRAMES = 100;

    private ShownError(final String message, final @Nullable Throwable cause, final StackTraceElement[] trace) {
        super(message, cause, false, true);
        setStackTrace(trace);
    }

    static Throwable of(final Throwable error) {
        return of(error, MAX_CAUSES);
    }

    private static Throwable of(final Throwable error, final int causes) {
        final StackTraceElement[] trace = error.getStackTrace();
        final Throwable cause = error.getCause();
        return new ShownError(
                isOfTheJvm(error) ? error.toString() : error.getClass().getName(),
                cause == null || causes == 0 ? null : of(cause, causes - 1),
                trace.length <= MAX_FRAMES ? trace : Arrays.copyOf(trace, MAX_FRAMES));
    }

    private static boolean isOfTheJvm(final Throwable error) {
        return error instanceof NullPointerException
                || error instanceof IndexOutOfBoundsException
                || error instanceof ClassCastException
                || error instanceof ArithmeticException
                || error instanceof NegativeArraySizeException
                || error instanceof LinkageError
                || error instanceof VirtualMachineError;
    }

    @Override
    public Throwable fillInStackTrace() {
        return this; // It gets that of the error.
    }
}
