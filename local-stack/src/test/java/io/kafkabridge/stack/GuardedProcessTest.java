package io.kafkabridge.stack;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class GuardedProcessTest {

    @TempDir
    private Path folder;

    @Test
    void brokers_alsoAPausedOne_dieWithTheirParent() throws Exception {
        // Given
        Process parent = new ProcessBuilder(
                        JavaCommand.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = parent.inputReader();
        List<ProcessHandle> brokers = Stream.of(output.readLine(), output.readLine())
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();
        assertThat(brokers).allMatch(ProcessHandle::isAlive);

        // When
        parent.destroyForcibly();

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> brokers.stream()
                .noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void guard_goesWhenTheChildEndsByItself() throws Exception {
        // Given
        Process child = GuardedProcess.start(new ProcessBuilder("sleep", "0.3"));
        Awaitility.await().until(() -> child.children().findAny().isPresent());
        ProcessHandle guard = child.children().findAny().orElseThrow();

        // When
        int exitCode = child.waitFor();

        // Then
        assertThat(exitCode).isZero();
        Awaitility.await().until(() -> !guard.isAlive());
    }

    /** A JVM that starts both brokers, prints their process ids and waits for its end. */
    static final class Parent {

        private Parent() {}

        @SuppressWarnings({"SystemOut", "resource"})
        public static void main(String... arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            Kafka kafka = Kafka.builder().folder(folder.resolve("kafka")).start();
            HiveMq hivemq = HiveMq.builder().folder(folder.resolve("hivemq")).start();
            System.out.println(kafka.node(1).pid());
            System.out.println(hivemq.pid());
            kafka.pause();
            System.in.read();
        }
    }
}
