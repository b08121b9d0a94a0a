package io.kafkabridge.extension.monitoring.metrics;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * The last warnings and errors that the bridge logged, for the status page: an appender beside those of HiveMQ, so that the page
 * says what the log says. A line that comes again with other numbers counts as a repeat. Bounded; thread-safe.
 */
public final class RecentProblems extends AppenderBase<ILoggingEvent> {

    private static final int LIMIT = 50;
    private static final int MAX_LENGTH = 2000;
    private static final String LOGGER = "io.kafkabridge";

    /** A number that stands alone: a count, a time; not the 01 of cluster01. */
    private static final Pattern NUMBERS = Pattern.compile("(?<![\\w'/-])\\d[\\d.,]*(?![\\w'/-])");

    /**
     * A line of the log, and how often it came.
     *
     * @param error whether it is an error; otherwise a warning
     * @param text the last one, as the log has it
     * @param count how often it came, with whatever numbers
     */
    public record Problem(Instant first, Instant last, boolean error, long count, String text) {}

    private record Line(String pattern, Problem problem) {}

    /** The latest one first. */
    private final Deque<Line> lines = new ArrayDeque<>();

    public RecentProblems() {
        setName("hivemq-kafka-bridge-problems");
    }

    /**
     * Listens to the bridge's loggers, and again after logback has read its configuration anew, which forgets appenders. Does
     * nothing with another logging library.
     */
    public void listen() {
        if (LoggerFactory.getLogger(LOGGER) instanceof Logger logger && !(isStarted() && logger.isAttached(this))) {
            setContext(logger.getLoggerContext());
            start();
            logger.addAppender(this);
        }
    }

    /** Listens no more. */
    public void close() {
        if (LoggerFactory.getLogger(LOGGER) instanceof Logger logger) {
            logger.detachAppender(this);
        }
        stop();
    }

    @Override
    protected void append(final ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            final IThrowableProxy error = event.getThrowableProxy();
            final String text = event.getFormattedMessage()
                    + (error == null ? "" : " " + error.getClassName() + ": " + error.getMessage());
            add(Instant.ofEpochMilli(event.getTimeStamp()), event.getLevel().isGreaterOrEqual(Level.ERROR), text);
        }
    }

    private void add(final Instant now, final boolean error, final String line) {
        final String text = line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + " …";
        final String pattern = NUMBERS.matcher(text).replaceAll("#");
        synchronized (lines) {
            Instant first = now;
            long count = 1;
            for (final Iterator<Line> all = lines.iterator(); all.hasNext(); ) {
                final Line before = all.next();
                if (before.pattern().equals(pattern)) {
                    first = before.problem().first();
                    count += before.problem().count();
                    all.remove();
                }
            }
            lines.addFirst(new Line(pattern, new Problem(first, now, error, count, text)));
            if (lines.size() > LIMIT) {
                lines.removeLast();
            }
        }
    }

    /** The latest one first, 50 at most. */
    public List<Problem> all() {
        synchronized (lines) {
            final List<Problem> all = new ArrayList<>();
            lines.forEach(line -> all.add(line.problem()));
            return all;
        }
    }
}
