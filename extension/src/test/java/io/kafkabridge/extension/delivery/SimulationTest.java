package io.kafkabridge.extension.delivery;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of schedules of the engine. {@code -Dseed=<seed>} runs one of them, as when it failed; {@code -Dschedules=<count>}
 * says how many.
 */
class SimulationTest {

    private static final int SCHEDULES = Integer.getInteger("schedules", 20_000);

    @Test
    void engine_keepsItsPromises_inEverySchedule() {
        final Logger logger = (Logger) LoggerFactory.getLogger("io.kafkabridge");
        final Level before = logger.getLevel();
        final Long seed = Long.getLong("seed");
        logger.setLevel(seed == null ? Level.OFF : Level.DEBUG);
        long run = 0;
        try {
            if (seed != null) {
                Simulation.run(seed).history().forEach(System.out::println);
                return;
            }
            for (long each = 0; each < SCHEDULES; each++) {
                Simulation.run(each);
                run++;
            }
        } finally {
            logger.setLevel(before);
        }

        assertThat(run).isEqualTo(SCHEDULES);
    }
}
