package io.kafkabridge.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Free TCP ports. They lie below the range that operating systems give to outgoing connections (Linux: from 32768, macOS: from
 * 49152), so a broker that was killed finds its port free when it comes back. Each JVM counts up from a random port: two at work at the
 * same time don't meet.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int END = 32_000;

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(FIRST, END));

    private Ports() {}

    /** A port that nobody listens on at this moment, and that this method hasn't given out before. Thread-safe. */
    public static int free() {
        while (true) {
            int port = NEXT.getAndUpdate(last -> last + 1 == END ? FIRST : last + 1);
            if (isFree(port)) {
                return port;
            }
        }
    }

    /** The wanted port if nobody listens on it, else another free one. */
    public static int freeOr(int wanted) {
        return isFree(wanted) ? wanted : free();
    }

    private static boolean isFree(int port) {
        return canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                && canBind(new InetSocketAddress(port));
    }

    private static boolean canBind(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
