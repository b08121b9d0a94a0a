package io.kafkabridge.common;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import java.util.stream.Collectors;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Runs a picocli command: options from flags, environment and .env; every failure as one line and an exit code. This
 * is the one place that decides what a failure looks like.
 */
public final class CommandRunner {
    private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version", Completion.OPTION);

    private final Map<String, String> variables;
    private final Path workingDirectory;
    private final PrintWriter out;
    private final PrintWriter err;

    /** All that the process gets from outside is passed in, so that tests can choose it. */
    public CommandRunner(Map<String, String> variables, Path workingDirectory, PrintWriter out, PrintWriter err) {
        this.variables = variables;
        this.workingDirectory = workingDirectory;
        this.out = out;
        this.err = err;
    }

    /** Runs the command with what this process has, and ends the process. */
    public static void main(Callable<Integer> command, String... args) {
        PrintWriter out = new PrintWriter(System.out, true, terminalCharset("stdout.encoding"));
        PrintWriter err = new PrintWriter(System.err, true, terminalCharset("stderr.encoding"));
        System.exit(new CommandRunner(System.getenv(), Path.of(""), out, err).run(command, args));
    }

    /** Returns the exit code: 0 done, 1 failed, 2 wrong flags or settings. */
    public int run(Callable<Integer> command, String... args) {
        GeneralOptions general = generalOptions(args);
        Console console = new Console(out, err, general.debug);
        if (!general.debug) {
            LogManager.getLogManager().reset(); // the libraries' warnings would bury our own lines
        }
        try {
            Environment environment = Arrays.stream(args).anyMatch(HELP::contains)
                    ? Environment.empty()
                    : Environment.load(variables, workingDirectory, general.envFile);
            CommandLine line = commandLine(command, environment, console);
            environment.slips(line.getCommandSpec().options()).forEach(console::warn);
            return line.execute(args);
        } catch (CommandFailure e) {
            return fail(e, console);
        }
    }

    private CommandLine commandLine(Callable<Integer> command, Environment environment, Console console) {
        CommandLine line = new CommandLine(command)
                .registerConverter(Secret.class, Secret::new)
                .setDefaultValueProvider(environment)
                .setInterpolateVariables(false) // a password may contain ${...}
                .setExpandAtFiles(false) // a message may start with @
                .setUsageHelpAutoWidth(true)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((e, given) -> misuse(e, environment, console))
                .setExecutionStrategy(parsed -> execute(parsed, console))
                .setExecutionExceptionHandler((e, given, parsed) -> fail(e, console));
        line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        ManualPage.layOut(line);
        return line;
    }

    private static int execute(ParseResult parsed, Console console) {
        if (!parsed.hasMatchedOption(Completion.OPTION)) {
            return new CommandLine.RunLast().execute(parsed);
        }
        CommandLine line = parsed.commandSpec().commandLine();
        console.say(Completion.of(line));
        return ExitCode.OK;
    }

    private static GeneralOptions generalOptions(String[] args) {
        GeneralOptions general = new GeneralOptions();
        try {
            new CommandLine(general)
                    .setUnmatchedArgumentsAllowed(true)
                    .setExpandAtFiles(false)
                    .parseArgs(args);
        } catch (ParameterException e) {
            return new GeneralOptions(); // the command itself meets the same mistake and tells it
        }
        return general;
    }

    private static int misuse(ParameterException e, Environment environment, Console console) {
        console.warn("Wrong usage: " + rule(e, environment) + " (--help shows all options)", e);
        return ExitCode.USAGE;
    }

    private static String rule(ParameterException e, Environment environment) {
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing.getMissing().stream().map(CommandRunner::howToSet).collect(Collectors.joining(", "));
        }
        ArgSpec option = e.getArgSpec();
        String rule = WrongUsage.line(e);
        String origin = option == null ? null : environment.origin(option);
        boolean fromEnvironment =
                origin != null && String.valueOf(e.getValue()).equals(environment.defaultValue(option));
        return fromEnvironment ? rule + ", set by " + origin : rule;
    }

    private static String howToSet(ArgSpec option) {
        String variable = Environment.variable(option);
        String flag = option instanceof OptionSpec o ? o.longestName() : option.paramLabel();
        return flag + " is missing" + (variable == null ? "" : ", or " + variable + " in the environment or .env");
    }

    private static int fail(Exception e, Console console) {
        if (e instanceof CommandFailure failure) {
            console.warn(failure.line(), failure);
            return failure.exitCode();
        }
        console.warn("Unexpected failure: " + e + " (--debug shows more)", e);
        return ExitCode.SOFTWARE;
    }

    /** A JVM without a locale, as in a container, believes that the terminal is ASCII: UTF-8 holds that as well. */
    static Charset terminalCharset(String property) {
        Charset charset = Charset.forName(
                System.getProperty(property, Charset.defaultCharset().name()));
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }
}
