package io.kafkabridge.auth.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import io.kafkabridge.auth.users.BcryptHash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class PasswdCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("users");
    }

    @Test
    void newFile_isCreatedForItsOwnerOnly_andSaidSo() throws IOException {
        int exit = run("-b", "-C", "4", file.toString(), "alice", "secret");

        assertThat(exit).isZero();
        assertThat(out).hasToString("Created " + file + ", readable by its owner only.\nAdded user 'alice'.\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(hash("alice").matches("secret".getBytes(UTF_8))).isTrue();
        assertThat(hash("alice").cost()).isEqualTo(4);
    }

    @Test
    void otherLinesAndTheMode_stay() throws IOException {
        // Given
        Files.writeString(file, "# people\n\nbob:x\nalice:old\ncarol:y\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        // When
        int exit = run("-b", "-C", "4", file.toString(), "alice", "secret");

        // Then
        assertThat(exit).isZero();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(5).startsWith("# people", "", "bob:x").endsWith("carol:y");
        assertThat(lines.get(3)).startsWith("alice:$2y$04$");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(out).hasToString("Changed the password of user 'alice'.\n");
        assertThat(err.toString())
                .startsWith(
                        "HiveMQ leaves out of " + file + " line 3: the password of user 'bob' is not a bcrypt hash");
        assertThat(folder.toFile().list()).containsExactly("users");
    }

    @Test
    void comment_stays() throws IOException {
        Files.writeString(file, "alice:old: the gateway\n");

        run("-b", "-C", "4", file.toString(), "alice", "secret");

        assertThat(file).content().matches("alice:\\$2y\\$04\\$[^:]+: the gateway\n");
        assertThat(run("-v", "-b", file.toString(), "alice", "secret")).isZero();
    }

    @Test
    void symbolicLink_stays() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "");
        Files.createSymbolicLink(file, target);

        run("-b", "-C", "4", file.toString(), "alice", "secret");

        assertThat(file).isSymbolicLink();
        assertThat(target).content().startsWith("alice:");
    }

    @Test
    void delete_removesTheUserOnly() throws IOException {
        Files.writeString(file, "alice:x\nalice2:y\n");

        assertThat(run("-D", file.toString(), "alice")).isZero();
        assertThat(run("-D", file.toString(), "alice")).isEqualTo(4);

        assertThat(file).hasContent("alice2:y\n");
        assertThat(out).hasToString("Deleted user 'alice'.\n");
        assertThat(err.toString()).endsWith("There is no user 'alice' in " + file + ".\n");
    }

    @Test
    void verify_tellsByExitCode() {
        run("-b", "-C", "4", file.toString(), "alice", "secret");

        assertThat(run("-v", "-b", file.toString(), "alice", "secret")).isZero();
        assertThat(run("-v", "-b", file.toString(), "alice", "wrong")).isEqualTo(3);
        assertThat(run("-v", "-b", file.toString(), "bob", "secret")).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "FILE alice secret | A password on the command line needs -b.",
                "-b FILE alice | -b needs the password after the user.",
                "-b -i FILE alice secret | -i and -b can't be used together.",
                "-D -v FILE alice | -D and -v can't be used together.",
                "-b -C 3 FILE alice secret | The cost 3 must be 4 to 15.",
                "-b FILE a:b secret | The user name 'a:b' can't stand in a users file: it must not be empty, start with #, hold a colon or a control character, or begin or end with a space.",
                "-D FILE alice | FILE does not exist.",
                "-b FILE/x alice secret | The folder FILE does not exist.",
            })
    void wrongCommand_isToldInOneLine(String command, String message) {
        int exit = run(command.replace("FILE", file.toString()).split(" "));

        assertThat(exit).isEqualTo(2);
        assertThat(err).hasToString(message.replace("FILE", file.toString()) + "\n");
        assertThat(file).doesNotExist();
    }

    @Test
    void createOption_neverReplacesAFile() throws IOException {
        Files.writeString(file, "bob:x\n");

        assertThat(run("-c", "-b", file.toString(), "alice", "secret")).isEqualTo(2);

        assertThat(file).hasContent("bob:x\n");
        assertThat(err).hasToString(file + " exists. Leave out -c to add the user to it.\n");
    }

    @Test
    void passwordThatBcryptWouldCut_isRefused() {
        assertThat(run("-b", file.toString(), "alice", "ç".repeat(37))).isEqualTo(2);

        assertThat(err)
                .hasToString("The password has 74 bytes; bcrypt looks at the first 72 only. Take a shorter one.\n");
    }

    private BcryptHash hash(String user) throws IOException {
        return PasswordFile.read(file).hash(user).orElseThrow();
    }

    @Test
    void help_isAManualPage() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .startsWith("NAME\n    java -jar hivemq-file-auth.jar - ")
                .containsSubsequence(
                        "\nSYNOPSIS\n", "\nDESCRIPTION\n", "\nOPTIONS\n", "\nEXAMPLES\n", "\nEXIT STATUS\n");
    }

    @Test
    void completion_isAScript_andNeedsNoFile() {
        assertThat(run("--generate-completion")).isZero();
        assertThat(out.toString())
                .startsWith("hivemq-file-auth() {\n  java -jar '")
                .contains("complete -F");
    }

    private int run(String... arguments) {
        CommandLine command = PasswdCommand.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
