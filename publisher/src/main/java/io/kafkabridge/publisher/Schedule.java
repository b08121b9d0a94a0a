package io.kafkabridge.publisher;

import java.time.Duration;

/** When the messages of one client are due, in the time of {@link System#nanoTime}. Used by one thread. */
interface Schedule {
    /** Begins: the first message is due soon after this time. */
    void start(long now);

    /** When the next message is due. */
    long due();

    /**
     * Takes the next message's turn.
     *
     * @return when its latency begins
     */
    long take(long now);

    /** There was no message to send until now: none is late because of that. */
    void skipTo(long now);

    /** At least so long after one message comes the next. What is late moves all that follow. */
    static Schedule every(Duration interval) {
        return new Schedule() {
            private long due;

            @Override
            public void start(long now) {
                due = now;
            }

            @Override
            public long due() {
                return due;
            }

            @Override
            public long take(long now) {
                due = now + interval.toNanos();
                return now;
            }

            @Override
            public void skipTo(long now) {}
        };
    }

    /**
     * A fixed plan: a message that can't leave in time leaves late, the next ones follow as fast as they can, and the latency
     * of each counts from its place in the plan. Measured from when they really left, a broker that stalls for a second would
     * show one slow message instead of all those that had to wait.
     *
     * @param perSecond messages per second of all clients together
     * @param client this one's number, from 0; the clients take turns
     */
    static Schedule atRate(double perSecond, int client, int clients) {
        double step = Duration.ofSeconds(1).toNanos() / perSecond;
        return new Schedule() {
            private long origin;
            private long taken;

            @Override
            public void start(long now) {
                origin = now + Math.round(step * client);
                taken = 0;
            }

            @Override
            public long due() {
                return origin + Math.round(step * clients * taken);
            }

            @Override
            public long take(long now) {
                long due = due();
                taken++;
                return due;
            }

            @Override
            public void skipTo(long now) {
                if (due() - now < 0) {
                    origin = now;
                    taken = 0;
                }
            }
        };
    }
}
