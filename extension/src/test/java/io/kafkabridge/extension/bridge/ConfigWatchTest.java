package io.kafkabridge.extension.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.config.ConfigFile;
import io.kafkabridge.extension.model.BridgeConfig;

import static org.assertj.core.api.Assertions.assertThat;

/** A change of the configuration or of a file that it names is noticed, whenever it happens. Looks by hand, without a clock. */
class ConfigWatchTest {

    private static final String XML = """
            <kafka-configuration>
              <kafka-clusters>
                <kafka-cluster><id>c1</id><bootstrap-servers>127.0.0.1:1</bootstrap-servers>%s</kafka-cluster>
              </kafka-clusters>
              <mqtt-to-kafka-mappings>
                <mqtt-to-kafka-mapping>
                  <id>m1</id>
                  <cluster-id>c1</cluster-id>
                  <mqtt-topic-filters><mqtt-topic-filter>a</mqtt-topic-filter></mqtt-topic-filters>
                  <kafka-topic>%s</kafka-topic>
                </mqtt-to-kafka-mapping>
              </mqtt-to-kafka-mappings>
            </kafka-configuration>
            """;

    @TempDir
    private Path home;

    private Path file;
    private final List<BridgeConfig> applied = new ArrayList<>();

    /** Done once, right after the files were read. */
    private Runnable meanwhile = () -> {};

    @BeforeEach
    void name() {
        file = home.resolve("config.xml");
    }

    private void write(final String topic) {
        write("", topic);
    }

    private void write(final String cluster, final String topic) {
        write(file, XML.formatted(cluster, topic));
    }

    private static void write(final Path file, final String text) {
        try {
            Files.writeString(file, text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BridgeConfig read() throws ConfigException {
        try {
            return ConfigFile.read(file, home, Map.of());
        } finally {
            final Runnable once = meanwhile;
            meanwhile = () -> {};
            once.run();
        }
    }

    private ConfigWatch watch() {
        final ConfigReading first = ConfigReading.of(this::read, Set.of(file), Set.of(file));
        take(first);
        return new ConfigWatch(
                file,
                this::read,
                first,
                () -> applied.isEmpty()
                        ? Set.of()
                        : applied.get(applied.size() - 1).files(),
                this::take);
    }

    private void take(final ConfigReading reading) {
        if (reading.config() != null) {
            applied.add(reading.config());
        }
    }

    /** Twice: a change has to last from one look to the next. */
    private static void look(final ConfigWatch watch) throws InterruptedException {
        watch.look();
        watch.look();
    }

    private List<String> topics() {
        return applied.stream()
                .map(config -> config.mappings().get(0).kafkaTopic().constant().orElseThrow())
                .toList();
    }

    @Test
    void nothingChanged_nothingIsApplied() throws Exception {
        // Given
        write("one");
        final ConfigWatch watch = watch();

        // When
        look(watch);

        // Then
        assertThat(topics()).containsExactly("one");
    }

    @Test
    void change_isAppliedOnceItLasts() throws Exception {
        // Given
        write("one");
        final ConfigWatch watch = watch();

        // When
        write("half");
        watch.look();
        write("two");
        watch.look();
        assertThat(topics()).containsExactly("one");
        watch.look();

        // Then
        assertThat(topics()).containsExactly("one", "two");
    }

    @Test
    void changeWhileTheFirstIsRead_isNoticed() throws Exception {
        // Given
        write("one");
        meanwhile = () -> write("two");

        // When
        look(watch());

        // Then
        assertThat(topics()).endsWith("two");
    }

    @Test
    void changeWhileAChangeIsRead_isNoticed() throws Exception {
        // Given
        write("one");
        final ConfigWatch watch = watch();
        write("two");
        meanwhile = () -> write("three");

        // When
        look(watch);
        look(watch);

        // Then
        assertThat(topics()).endsWith("three");
    }

    @Test
    void changeOfANewlyNamedFile_whileItIsRead_isNoticed() throws Exception {
        // Given: the address of the cluster is in a file
        final Path address = home.resolve("address");
        write(address, "127.0.0.1:2");
        write("one");
        final ConfigWatch watch = watch();
        write(file, XML.formatted("", "two").replace("127.0.0.1:1", "${FILE:address}"));
        meanwhile = () -> write(address, "127.0.0.1:3");

        // When
        look(watch);
        look(watch);

        // Then
        assertThat(applied.get(applied.size() - 1).clusters().get(0).bootstrapServers())
                .isEqualTo("127.0.0.1:3");
    }

    @Test
    void filesThatChangeAllTheTime_areReadAgainOnceTheyLast() throws Exception {
        // Given
        write("one");
        final ConfigWatch watch = watch();
        write("two");
        final int[] more = {10};
        meanwhile = new Runnable() {
            @Override
            public void run() {
                write("more-" + more[0]);
                if (more[0]-- > 0) {
                    meanwhile = this;
                }
            }
        };

        // When
        for (int i = 0; i < 10; i++) {
            watch.look();
        }

        // Then
        assertThat(topics()).containsExactly("one", "more-0");
    }

    @Test
    void mistake_changesNothing_untilItIsMended() throws Exception {
        // Given
        write("one");
        final ConfigWatch watch = watch();

        // When
        write("<wrong/>", "two");
        look(watch);

        // Then
        assertThat(topics()).containsExactly("one");

        // When
        write("three");
        look(watch);

        // Then
        assertThat(topics()).containsExactly("one", "three");
    }

    @Test
    void mendedWhileTheMistakeIsRead_isNoticed() throws Exception {
        // Given
        write("one");
        final ConfigWatch watch = watch();
        write("<wrong/>", "two");
        meanwhile = () -> write("three");

        // When
        look(watch);
        look(watch);

        // Then
        assertThat(topics()).endsWith("three");
    }

    @Test
    void mistakeAtTheStart_isMended() throws Exception {
        // Given
        write("<wrong/>", "one");
        final ConfigWatch watch = watch();
        assertThat(topics()).isEmpty();

        // When
        write("two");
        look(watch);

        // Then
        assertThat(topics()).containsExactly("two");
    }

    @Test
    void fileThatIsMissingAtTheStart_isNoticedWhenItComes() throws Exception {
        // Given
        final ConfigWatch watch = watch();

        // When
        write("one");
        look(watch);

        // Then
        assertThat(topics()).containsExactly("one");
    }
}
