package io.kafkabridge.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an orderly end: asks the command to stop and keeps the JVM alive until it has, for at
 * most five seconds. The JVM's exit code is then 130 or 143, as with any other program.
 */
public final class StopSignal implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private StopSignal(Runnable stop) {
        hook = new Thread(() -> stopAndWait(stop), "stop");
    }

    /**
     * Starts to watch for the signals.
     *
     * @param stop is called on a thread of its own and must not block
     */
    public static StopSignal install(Runnable stop) {
        StopSignal signal = new StopSignal(stop);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    private void stopAndWait(Runnable stop) {
        stop.run();
        try {
            boolean inTime = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("Did not end within " + PATIENCE_SECONDS + " s, giving up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has ended. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // Then the hook runs and was just released.
        }
    }
}
