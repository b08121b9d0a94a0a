package io.kafkabridge.extension.record;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.model.Mapping.Timestamp;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told about timestamps that can't be taken. */
class TimestampsTest {

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Timestamps.class);
    private final Timestamps timestamps =
            new Timestamps("m1", Optional.of(new Timestamp("ts", Duration.ofHours(1))), () -> {});

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private void publish(final String text) {
        timestamps.of(
                new Publishes().client("sensor-1", null).property("ts", text).build(), System.currentTimeMillis());
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void unusableTimestamps_areToldOnceAMinute_withMappingClientAndShape() {
        // When
        for (int i = 0; i < 1000; i++) {
            publish("1734500000");
        }

        // Then
        assertThat(lines())
                .singleElement()
                .asString()
                .contains("Mapping 'm1'", "'ts'", "'sensor-1'", "looks like seconds", "\"9999999999\", 10 characters")
                .doesNotContain("1734500000");
    }

    @ParameterizedTest
    @CsvSource({
        "0,before the year 2000;,'\"9\", 1 character.'",
        "1999-12-31T23:59:59Z,before the year 2000;,'\"9999-99-99T99:99:99Z\", 20 characters'",
        "2024-11-25T21:26:40,a date and time without an offset,'\"9999-99-99T99:99:99\", 19 characters'",
        "1734500000.123,neither,'\"9999999999.999\", 14 characters'",
        "1734500000123456,neither,'\"9999999999999999\", 16 characters'",
        "99999999999999,'more than <timestamp-max-ahead> ahead, 1 h;','14 characters'",
        "secret value that is long and says something,neither,'\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...\", 44 characters'",
        "'',neither,'\"\", 0 characters'"
    })
    void unusableTimestamp_isToldByWhatIsWrongAndByItsShape(
            final String text, final String problem, final String shape) {
        // When
        publish(text);

        // Then
        assertThat(lines()).singleElement().asString().contains(problem, shape);
    }

    @Test
    void usableAndMissingTimestamps_arentTold() {
        // When
        publish("1734500000123");
        timestamps.of(Publishes.any(), System.currentTimeMillis());

        // Then
        assertThat(lines()).isEmpty();
    }
}
