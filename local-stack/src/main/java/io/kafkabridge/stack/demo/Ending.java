package io.kafkabridge.stack.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has to be closed when the demo ends, however it ends: by itself, by an error or by Ctrl-C. The latest comes first.
 * Thread-safe.
 */
final class Ending {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Screen screen;
    private boolean begun;

    private Ending(Screen screen) {
        this.screen = screen;
    }

    /** An ending that comes with the end of the JVM. */
    static Ending install(Screen screen) {
        Ending ending = new Ending(screen);
        Runtime.getRuntime().addShutdownHook(new Thread(ending::closeAll, "ending"));
        return ending;
    }

    /**
     * Remembers what to close.
     *
     * @throws DemoException if the end has come meanwhile; then it is closed at once
     */
    <T extends AutoCloseable> T add(T part) {
        synchronized (this) {
            if (!begun) {
                open.push(part);
                return part;
            }
        }
        close(part);
        throw new DemoException("Stopped while starting.");
    }

    synchronized boolean hasBegun() {
        return begun;
    }

    private void closeAll() {
        synchronized (this) {
            begun = true;
        }
        if (!open.isEmpty()) {
            screen.step("Stopping");
        }
        open.forEach(this::close);
    }

    private void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            screen.step("Couldn't end " + part + ": " + e.getMessage());
        }
    }
}
