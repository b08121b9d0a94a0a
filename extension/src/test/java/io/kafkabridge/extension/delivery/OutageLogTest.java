package io.kafkabridge.extension.delivery;

import java.util.List;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator reads about an outage. */
class OutageLogTest {

    private static final long MEBIBYTE = 1 << 20;
    private static final long MINUTES = 200_000_000_000L;

    private final Logger logger = (Logger) LoggerFactory.getLogger(OutageLog.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final OutageLog log = new OutageLog("c1", System::nanoTime);

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
    }

    private List<String> lines() {
        return appender.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Test
    void outage_isTold_withItsDurationsAndCounts() {
        // When
        log.isLive(0);
        log.began(System.nanoTime() - MINUTES);
        log.spools(12_400, 3 * MEBIBYTE / 2, () -> 10L << 30, new TimeoutException("late"), false);
        log.spools(12_500, 3 * MEBIBYTE / 2, () -> 10L << 30, new TimeoutException("late"), false);
        log.drains(12_600, 3 * MEBIBYTE / 2, 100);
        log.drains(500, MEBIBYTE, 12_200);
        log.isLive(12_700);
        log.isLive(12_700);

        // Then
        assertThat(lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("INFO Kafka cluster 'c1' takes records."),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "WARN Kafka cluster 'c1' takes no records, for 3 min 20 s now; 12,400 records"
                                                + " (1.5 MiB) are safe on the disk, with room for 10.0 GiB more. No broker answers: is Kafka running, and are"
                                                + " <bootstrap-servers> and <tls> right?"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "INFO Kafka cluster 'c1' is back after 3 min 20 s; the spool is drained: 12,600"
                                                + " records (1.5 MiB) to go."),
                        line -> assertThat(line)
                                .matches("INFO Kafka cluster 'c1' takes records again, after 3 min 20 s: it got 12,600"
                                        + " records out of the spool in 0\\.\\d s\\."));
    }

    @Test
    void cause_thatBecomesKnownLater_isToldAtOnce() {
        // When
        log.began(System.nanoTime() - MINUTES);
        log.spools(1, 100, () -> 0, new TimeoutException("late"), true);
        log.spools(2, 200, () -> 0, new SaslAuthenticationException("wrong password"), true);

        // Then
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(1))
                .endsWith("Cause: " + SaslAuthenticationException.class.getName() + ": wrong password");
    }

    @Test
    void waitingTopics_areNamed_butNotThousandsOfThem() {
        // When
        log.began(System.nanoTime() - MINUTES);
        log.waits(
                OutageLog.topics(
                        IntStream.range(0, 1_205).mapToObj(i -> "plant-" + i).toList()),
                7,
                null,
                false);

        // Then
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith(
                        "WARN Kafka cluster 'c1' takes no records for plant-0, plant-1, plant-2, plant-3, plant-4 and"
                                + " 1,200 more, for 3 min 20 s now; 7 records wait in memory. ");
    }
}
