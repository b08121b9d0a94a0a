package io.kafkabridge.stack.demo;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DemoFolderTest {

    @TempDir
    private Path project;

    @Test
    void lock_whileAnotherDemoRuns_saysWhichAndWhatToDo() throws Exception {
        // Given
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String classPath = System.getProperty("java.class.path");
        Process other = new ProcessBuilder(
                        java.toString(), "-cp", classPath, Holder.class.getName(), project.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("locked");

            // When, then
            assertThatThrownBy(() -> DemoFolder.lock(project))
                    .isInstanceOf(DemoException.class)
                    .hasMessage(
                            "Another ./demo runs in this folder (process %d). "
                                    + "End it with Ctrl-C in its terminal, then start again.",
                            other.pid());
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void lock_emptiesTheBrokersAndKeepsThePasswords() throws Exception {
        // Given
        Path data = Files.createDirectories(project.resolve(".local/demo/kafka/node-1/data"));
        Path passwords = Files.createFile(project.resolve(".local/demo/passwords"));

        // When
        DemoFolder.lock(project).close();

        // Then
        assertThat(data).doesNotExist();
        assertThat(passwords).exists();
    }

    @Test
    void built_withoutABuild_saysHowToBuild() throws Exception {
        try (DemoFolder folder = DemoFolder.lock(project)) {
            assertThatThrownBy(() -> folder.built("publisher/target/publisher.jar"))
                    .hasMessage(project + "/publisher/target/publisher.jar is missing."
                            + " Build it with: ./mvnw package -DskipTests");
        }
    }

    @Test
    void extension_thatIsDisabled_saysWhatToDelete() throws Exception {
        // Given
        Path extension = Files.createDirectories(project.resolve("extension/target/hivemq-kafka-bridge"));
        try (DemoFolder folder = DemoFolder.lock(project)) {
            assertThat(folder.extension("extension/target/hivemq-kafka-bridge")).isEqualTo(extension);
            Path disabled = Files.createFile(extension.resolve("DISABLED"));

            // When, then
            assertThatThrownBy(() -> folder.extension("extension/target/hivemq-kafka-bridge"))
                    .isInstanceOf(DemoException.class)
                    .hasMessageStartingWith(disabled + " is there")
                    .hasMessageEndingWith("Delete the file, then start again.");
        }
    }

    /** A demo of its own, as far as the folder is concerned. */
    static final class Holder {

        private Holder() {}

        @SuppressWarnings({"SystemOut", "resource"})
        public static void main(String... arguments) throws Exception {
            DemoFolder folder = DemoFolder.lock(Path.of(arguments[0]));
            System.out.println("locked");
            System.in.read();
            folder.close();
        }
    }
}
