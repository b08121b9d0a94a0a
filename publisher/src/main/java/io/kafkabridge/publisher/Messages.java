package io.kafkabridge.publisher;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** The texts to publish, in order. Used by one thread, but for {@link #shared}. */
interface Messages {
    /** The next text, or null when there is none now. */
    @Nullable
    String poll();

    /** Whether there will never be another text. */
    boolean exhausted();

    /** The texts that the supplier makes, one for each call. */
    static Messages made(Supplier<String> text) {
        return new Messages() {
            @Override
            public String poll() {
                return text.get();
            }

            @Override
            public boolean exhausted() {
                return false;
            }
        };
    }

    /** No more than so many texts of another source. */
    static Messages atMost(long count, Messages source) {
        return new Messages() {
            private long left = count;

            @Override
            public @Nullable String poll() {
                String text = left == 0 ? null : source.poll();
                left -= text == null ? 0 : 1;
                return text;
            }

            @Override
            public boolean exhausted() {
                return left == 0 || source.exhausted();
            }
        };
    }

    /** The texts of another source until so long after the start. */
    static Messages during(Duration limit, StartSignal start, Messages source) {
        return new Messages() {
            @Override
            public @Nullable String poll() {
                return over() ? null : source.poll();
            }

            @Override
            public boolean exhausted() {
                return over() || source.exhausted();
            }

            private boolean over() {
                return start.elapsed().compareTo(limit) >= 0;
            }
        };
    }

    /**
     * Another source for several threads.
     *
     * @param wake called at the end, since others may wait for messages that one has taken
     */
    static Messages shared(Messages source, Runnable wake) {
        return new Messages() {
            private boolean ended;

            @Override
            public synchronized @Nullable String poll() {
                String text = source.poll();
                if (!ended && source.exhausted()) {
                    ended = true;
                    wake.run();
                }
                return text;
            }

            @Override
            public synchronized boolean exhausted() {
                return source.exhausted();
            }
        };
    }

    /**
     * The lines of an input that may pause for long. A daemon thread reads ahead by a few lines, so that the publisher
     * keeps its connection meanwhile.
     *
     * @param wake called after each line, and at the end
     */
    static Messages lines(BufferedReader input, Runnable wake) {
        return new Lines(input, wake);
    }

    /** See {@link #lines}. An unreadable input counts as ended. */
    final class Lines implements Messages {
        private static final int READ_AHEAD = 16;

        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(READ_AHEAD);
        private final BufferedReader input;
        private final Runnable wake;
        private volatile boolean ended;

        private Lines(BufferedReader input, Runnable wake) {
            this.input = input;
            this.wake = wake;
            Thread reader = new Thread(this::read, "standard input");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try {
                for (String line = input.readLine(); line != null; line = input.readLine()) {
                    lines.put(line);
                    wake.run();
                }
            } catch (IOException e) {
                // Ends as an end of file does.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ended = true;
            wake.run();
        }

        @Override
        public @Nullable String poll() {
            return lines.poll();
        }

        @Override
        public boolean exhausted() {
            return ended && lines.isEmpty();
        }
    }
}
