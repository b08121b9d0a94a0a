package io.kafkabridge.stack;

import java.util.concurrent.TimeUnit;

/** One direction of a {@link TcpProxy}, shared by its connections: open, open for some bytes a second, or closed. Thread-safe. */
final class Passage {

    static final long UNLIMITED = Long.MAX_VALUE;

    private boolean open = true;
    private long bytesPerSecond = UNLIMITED;
    private long free = System.nanoTime();

    synchronized void open(long newBytesPerSecond) {
        open = true;
        bytesPerSecond = newBytesPerSecond;
        free = System.nanoTime();
        notifyAll();
    }

    synchronized void close() {
        open = false;
    }

    /** Waits until so many bytes may pass, and takes their time from those that come later. */
    synchronized void await(int bytes) throws InterruptedException {
        for (long now = System.nanoTime(); ; now = System.nanoTime()) {
            if (!open) {
                wait();
            } else if (bytesPerSecond != UNLIMITED && now - free < 0) {
                TimeUnit.NANOSECONDS.timedWait(this, free - now);
            } else {
                break;
            }
        }
        if (bytesPerSecond != UNLIMITED) {
            free = System.nanoTime() + TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond;
        }
    }
}
