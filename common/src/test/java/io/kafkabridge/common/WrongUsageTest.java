package io.kafkabridge.common;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import static org.assertj.core.api.Assertions.assertThat;

class WrongUsageTest {

    @Command(name = "tool", subcommands = Check.class)
    static final class Tool {}

    @Command(name = "check")
    static final class Check implements Runnable {

        @Option(names = "--topic")
        String topic = "";

        @Option(names = "-q")
        boolean quiet;

        @Override
        public void run() {}
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "chek | Unmatched argument at index 0: 'chek'; did you mean check? | tool",
                "spool | Unmatched argument at index 0: 'spool' | tool",
                "check --topc x | Unknown options: '--topc', 'x'; did you mean --topic? | tool check",
                "check --topc=x | Unknown option: '--topc=x'; did you mean --topic? | tool check",
                "check --connect | Unknown option: '--connect' | tool check",
                "check -x | Unknown option: '-x' | tool check",
            })
    void tell_namesWhatWasMeant_andWhereToLook(final String arguments, final String line, final String command) {
        // Given
        final StringWriter err = new StringWriter();
        final CommandLine tool = new CommandLine(new Tool())
                .setErr(new PrintWriter(err))
                .setParameterExceptionHandler((wrong, given) -> WrongUsage.tell(wrong));

        // When
        final int exit = tool.execute(arguments.split(" "));

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly(line, "See: " + command + " --help");
    }
}
