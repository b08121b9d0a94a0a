package io.kafkabridge.extension.monitoring.metrics;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class RecentProblemsTest {

    private static final Logger LOG = LoggerFactory.getLogger("io.kafkabridge.extension.delivery.Something");

    private final RecentProblems problems = new RecentProblems();

    @BeforeEach
    void listen() {
        problems.listen();
        problems.listen(); // More than once does nothing.
    }

    @AfterEach
    void close() {
        problems.close();
    }

    @Test
    void warningsAndErrors_areKeptAsTheLogHasThem_latestFirst() {
        // When
        LOG.warn("Kafka cluster '{}' takes no records.", "c1");
        LOG.info("Something else.");
        LOG.error("It goes on.", new IllegalStateException("broken"));

        // Then
        assertThat(problems.all())
                .extracting(RecentProblems.Problem::text)
                .containsExactly(
                        "It goes on. java.lang.IllegalStateException: broken", "Kafka cluster 'c1' takes no records.");
        assertThat(problems.all()).extracting(RecentProblems.Problem::error).containsExactly(true, false);
    }

    @Test
    void theSameWithOtherNumbers_isARepeat() {
        // When
        LOG.warn("Cluster 'c1' takes no records since 3 s; 1,240 are safe.");
        LOG.warn("Cluster 'c2' takes no records since 3 s; 1,240 are safe.");
        LOG.warn("Cluster 'c1' takes no records since 63 s; 90,000 are safe.");

        // Then
        assertThat(problems.all()).hasSize(2);
        assertThat(problems.all().get(0).count()).isEqualTo(2);
        assertThat(problems.all().get(0).text())
                .isEqualTo("Cluster 'c1' takes no records since 63 s; 90,000 are safe.");
        assertThat(problems.all().get(0).first())
                .isBeforeOrEqualTo(problems.all().get(0).last());
    }

    @Test
    void manyDifferentOnes_areBoundedInNumberAndLength() {
        // When
        for (int i = 0; i < 100; i++) {
            LOG.warn("Client 'c{}' did {}", i, "x".repeat(10_000));
        }

        // Then
        assertThat(problems.all()).hasSize(50).allSatisfy(each -> assertThat(each.text())
                .hasSizeLessThan(2100));
        assertThat(problems.all().get(0).text()).startsWith("Client 'c99'");
    }

    @Test
    void loggingConfiguredAnew_isListenedToAgain() {
        // Given
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("io.kafkabridge")).detachAndStopAllAppenders();

        // When
        problems.listen();
        LOG.warn("Still there.");

        // Then
        assertThat(problems.all()).hasSize(1);
    }
}
