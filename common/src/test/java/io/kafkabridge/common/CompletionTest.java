package io.kafkabridge.common;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class CompletionTest {

    @Test
    void ofJar_definesTheCommand_whateverTheJarsName() {
        // When
        final String script = Completion.ofJar(new CommandLine(new Greeting()), "greet", Path.of("/it's here/a.jar"));

        // Then
        assertThat(script)
                .startsWith("greet() {\n  java -jar '/it'\\''s here/a.jar' \"$@\"\n}\n")
                .contains("complete -F _complete_greet -o default greet ", "'--times'");
    }

    @Test
    void programJar_ofAFolderOfClasses_isEmpty() {
        assertThat(ProgramJar.of(CompletionTest.class)).isEmpty();
    }

    @Test
    void programJar_ofAClassInAJar_isTheJar() {
        assertThat(ProgramJar.of(CommandLine.class))
                .hasValueSatisfying(
                        jar -> assertThat(jar).isRegularFile().asString().contains("picocli"));
    }
}
