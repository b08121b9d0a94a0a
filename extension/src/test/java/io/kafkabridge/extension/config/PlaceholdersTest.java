package io.kafkabridge.extension.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.extension.model.Authentication;
import io.kafkabridge.extension.model.BridgeConfig;

import static org.assertj.core.api.Assertions.assertThat;

class PlaceholdersTest extends ConfigFixture {

    private static String login(final String password) {
        return with("<authentication><scram-sha512><username>u</username><password>" + password
                + "</password></scram-sha512></authentication>");
    }

    private static String password(final BridgeConfig config) {
        return ((Authentication.Login) config.clusters().get(0).authentication().orElseThrow())
                .password()
                .value();
    }

    @Test
    void read_ofVariables_takesTheEnvironmentAsItIs() throws Exception {
        // When
        final BridgeConfig config = read(
                login("${ENV:SECRET}").replace("127.0.0.1:9092", "${ENV:SERVERS},${SERVERS}"),
                Map.of("SERVERS", "kafka:9092", "SECRET", "a<b&c$d\"e\\f${ENV:SERVERS}"));

        // Then
        assertThat(config.clusters().get(0).bootstrapServers()).isEqualTo("kafka:9092,kafka:9092");
        assertThat(password(config)).isEqualTo("a<b&c$d\"e\\f${ENV:SERVERS}");
        assertThat(config.toString()).contains("password=***").doesNotContain("a<b");
    }

    @Test
    void read_ofAPassword_keepsItsSpacesAndOnlyThoseOfTheFileAreCut() throws Exception {
        // When
        final BridgeConfig config = read(login("\n  ${ENV:SECRET}\n"), Map.of("SECRET", "  pass word \n"));

        // Then
        assertThat(password(config)).isEqualTo("  pass word \n");
    }

    @Test
    void read_ofAnythingElse_cutsTheSpacesOfTheEnvironmentToo() throws Exception {
        // When
        final BridgeConfig config = read(MINIMAL.replace("127.0.0.1:9092", "${SERVERS}"), Map.of("SERVERS", " k:1 "));

        // Then
        assertThat(config.clusters().get(0).bootstrapServers()).isEqualTo("k:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void read_ofAFile_takesItsTextWithoutTheLastLineBreak(final String end) throws Exception {
        // Given
        Files.writeString(home.resolve("secret"), " p\u00e4ss\nword \n" + end);

        // When
        final BridgeConfig config = read(login("${FILE:secret}"));

        // Then
        assertThat(password(config)).isEqualTo(" p\u00e4ss\nword " + (end.isEmpty() ? "" : "\n"));
    }

    @Test
    void read_ofAFileWithAPath_startsAtTheRoot() throws Exception {
        // Given
        Files.writeString(home.resolve("secret"), "x");

        // When
        final BridgeConfig config = read(login("a${FILE:" + home.resolve("secret") + "}b${FILE:secret}"));

        // Then
        assertThat(password(config)).isEqualTo("axbx");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "${FILE:none} | ${FILE:none}: there is no readable file /",
                "${FILE:folder} | ${FILE:folder}: there is no readable file /",
                "${FILE:} | ${FILE:}: the value is empty",
                "${FILE:binary} | binary isn't UTF-8 text",
                "${FILE:large} | large is larger than 1 MiB",
                "${FILE:empty} | \"${FILE:empty}\": the value is empty",
                "${ENV:EMPTY} | \"${ENV:EMPTY}\": the value is empty",
                "${ENV:NOPE} | ${ENV:NOPE}: the environment variable NOPE isn't set; set it for HiveMQ",
                "s3cret${FILE:none} | plain > password: a placeholder in it can't be replaced:"
            })
    void read_ofWhatCantBeReplaced_saysWhyAndShowsNothingOfIt(final String password, final String problem)
            throws Exception {
        // Given
        Files.createDirectory(home.resolve("folder"));
        Files.write(home.resolve("binary"), (SECRET + "\u00e4").getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(home.resolve("large"), SECRET.repeat(200_000));
        Files.writeString(home.resolve("empty"), "\n");

        // When
        final List<String> problems = problems(login(password).replace("scram-sha512", "plain"));

        // Then
        assertThat(problems).singleElement().asString().contains(problem);
    }
}
