package io.kafkabridge.common;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an orderly end: asks the work to stop and keeps the JVM alive until it has, for at most
 * five seconds. The JVM's exit code is then 130 or 143, as with any other program.
 */
public final class StopSignal {
    private static final int PATIENCE_SECONDS = 5;

    private StopSignal() {}

    /**
     * Does the work, which may be stopped by a signal.
     *
     * @param stop is called on a thread of its own and must not block
     */
    public static <T> T during(Callable<T> work, Runnable stop) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> stopAndWait(stop, ended), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            ended.countDown();
            removeHook(hook);
        }
    }

    private static void stopAndWait(Runnable stop, CountDownLatch ended) {
        stop.run();
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("Did not end within " + PATIENCE_SECONDS + " s, giving up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM shuts down: the hook runs, and was released by the latch.
        }
    }
}
