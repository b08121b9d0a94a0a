package io.kafkabridge.benchmark.drain;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the bridge tells about an outage, in the lines that HiveMQ logs from now on. */
final class BridgeLog {

    private static final Pattern AWAY = Pattern.compile("takes no records");
    private static final Pattern BACK = Pattern.compile("the spool is drained: ([\\d,]+) records?");
    private static final Pattern LIVE = Pattern.compile("takes records again");
    private static final Pattern LEVEL = Pattern.compile(" (WARN|ERROR) ");
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Supplier<String> log;
    private final int start;

    BridgeLog(Supplier<String> log) {
        this.log = log;
        start = log.get().length();
    }

    /** Waits until records go to the spool. */
    void awaitAway(Duration limit) throws InterruptedException {
        await(AWAY, limit);
    }

    /** Waits until the spool is drained; returns how many records it then has. */
    long awaitBack(Duration limit) throws InterruptedException {
        return Long.parseLong(await(BACK, limit).group(1).replace(",", ""));
    }

    /** Whether new records go straight to Kafka again. */
    boolean isLive() {
        return LIVE.matcher(lines()).find();
    }

    /** Warnings and errors, other than that Kafka is away. */
    List<String> complaints() {
        return lines().lines()
                .filter(line -> LEVEL.matcher(line).find())
                .filter(line -> !AWAY.matcher(line).find())
                .toList();
    }

    private MatchResult await(Pattern pattern, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        Matcher matcher = pattern.matcher(lines());
        while (!matcher.find()) {
            if (System.nanoTime() - end >= 0) {
                throw new IllegalStateException(
                        "HiveMQ didn't log /" + pattern + "/ within " + limit.toSeconds() + " s, but:\n" + lines());
            }
            Thread.sleep(LOOK.toMillis());
            matcher = pattern.matcher(lines());
        }
        return matcher.toMatchResult();
    }

    private String lines() {
        return log.get().substring(start);
    }
}
