package io.kafkabridge.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class EnvFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '|',
            delimiter = '~',
            value = {
                "plain            ~ API_SECRET=ab+/c==            ~ ab+/c==",
                "spaces around    ~ API_SECRET = abc              ~ abc",
                "comment          ~ API_SECRET=abc # the secret   ~ abc",
                "double quotes    ~ API_SECRET=\"a b # c\"        ~ a b # c",
                "single quotes    ~ API_SECRET='a b # c'          ~ a b # c",
                "dollar and brace ~ API_SECRET=a${HOME}b          ~ a${HOME}b",
                "equals sign      ~ API_SECRET=a=b                ~ a=b",
                "empty            ~ API_SECRET=                   ~ ||",
                "only a comment   ~ API_SECRET= # the secret      ~ ||",
                "hash             ~ API_SECRET=Xy#92!plant        ~ Xy#92!plant",
                "hash at first    ~ API_SECRET=#92                ~ #92",
                "hash, comment    ~ API_SECRET=a#b #c             ~ a#b",
                "tab, comment     ~ API_SECRET=a\t# c             ~ a",
                "quotes, comment  ~ API_SECRET=\"a # b\" # c      ~ a # b",
                "other quote      ~ API_SECRET='a\"b'             ~ a\"b",
                "quote inside     ~ API_SECRET=a\"b               ~ a\"b",
                "backslash        ~ API_SECRET=\"a\\nb\"          ~ a\\nb",
                "export           ~ export API_SECRET=abc         ~ abc",
                "export, blanks   ~ export   API_SECRET = abc     ~ abc",
                "list             ~ API_SECRET=a:1, b:2           ~ a:1, b:2",
            })
    void readsValues(String name, String line, String value) throws IOException {
        // Given
        Path file = write("# settings\n\n" + line + "\n");

        // When
        var settings = EnvFile.read(file);

        // Then
        assertThat(settings).containsEntry("API_SECRET", value);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '|',
            delimiter = '~',
            value = {
                "no equals sign ~ s3cret              ~ expected NAME=value or NAME=\"value\"",
                "blank in name  ~ PS WD=s3cret         ~ expected NAME=value or NAME=\"value\"",
                "no name        ~ =s3cret              ~ expected NAME=value or NAME=\"value\"",
                "open quote     ~ PSWD=\"s3cret       ~ the closing quote is missing",
                "open quote '   ~ PSWD='s3cret         ~ the closing quote is missing",
                "inner quote    ~ PSWD=\"s3\"cret\"   ~ expected NAME=value or NAME=\"value\"",
            })
    void refusesMalformedLinesWithoutTellingTheirContent(String name, String line, String rule) throws IOException {
        // Given
        Path file = write("HIVE_USER=ana\n" + line + "\nAPI_KEY=k\n");

        // When
        var failure = catchThrowableOfType(CommandFailure.class, () -> EnvFile.read(file));

        // Then
        assertThat(failure)
                .hasMessage("Cannot read " + file + ", line 2: " + rule)
                .hasNoCause();
        assertThat(failure.exitCode()).isEqualTo(2);
    }

    @Test
    void readsAFileOfWindows() throws IOException {
        // Given
        Path file = write("\uFEFFHIVE_USER=ana\r\nAPI_KEY=\"k \"\r\n\r\nHIVE_USER=maria\r\n");

        // When
        var settings = EnvFile.read(file);

        // Then
        assertThat(settings).containsExactly(Map.entry("HIVE_USER", "maria"), Map.entry("API_KEY", "k "));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void readsAPipe() throws Exception {
        // Given
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(pipe, "API_KEY=k\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();

        // When
        var settings = EnvFile.read(pipe);

        // Then
        assertThat(settings).containsExactly(Map.entry("API_KEY", "k"));
        writer.join();
    }

    @Test
    void saysThatAFileIsMissing() {
        // Given
        Path file = folder.resolve("nowhere.env");

        // When
        var failure = catchThrowableOfType(CommandFailure.class, () -> EnvFile.read(file));

        // Then
        assertThat(failure).hasMessage("Cannot read " + file + ": no such file");
    }

    @Test
    void saysThatAFileIsADirectory() {
        // When
        var failure = catchThrowableOfType(CommandFailure.class, () -> EnvFile.read(folder));

        // Then
        assertThat(failure).hasMessage("Cannot read " + folder + ": it is a directory");
    }

    @Test
    void saysThatAFileIsNotText() throws IOException {
        // Given
        Path file = Files.write(folder.resolve(".env"), "API_KEY=é".getBytes(StandardCharsets.ISO_8859_1));

        // When
        var failure = catchThrowableOfType(CommandFailure.class, () -> EnvFile.read(file));

        // Then
        assertThat(failure).hasMessage("Cannot read " + file + ": it isn't UTF-8 text; save it as UTF-8");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve(".env"), text);
    }
}
