package io.kafkabridge.auth.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

import io.kafkabridge.auth.users.BcryptHash;
import io.kafkabridge.common.CommandFailure;
import io.kafkabridge.common.Completion;
import io.kafkabridge.common.FailureText;
import io.kafkabridge.common.ManifestVersion;
import io.kafkabridge.common.ManualPage;
import io.kafkabridge.common.ProgramJar;
import io.kafkabridge.common.WrongUsage;

/** Edits a users file as Apache's {@code htpasswd -B} does, with its options and exit codes. */
@Command(
        name = "java -jar hivemq-file-auth.jar",
        mixinStandardHelpOptions = true,
        versionProvider = PasswdCommand.Version.class,
        sortOptions = false,
        header = "edits a users file of HiveMQ File Auth",
        description =
                "Adds a user to a users file, or changes, checks or deletes one. The options and exit codes are those of Apache's"
                        + " htpasswd -B. HiveMQ takes the changed file within seconds.",
        exitCodeList = {
            "0:done",
            "1:the file can't be read or written",
            "2:the command is wrong",
            "3:-v: wrong password, or no such user",
            "4:-D: no such user"
        },
        footer = {"$0 conf/users alice", "$0 -i conf/users alice < password.txt", "$0 -D conf/users alice"})
public final class PasswdCommand implements Callable<Integer> {

    private static final String NAME = "hivemq-file-auth";
    private static final int WIDTH = 96;
    private static final int FILE_FAILURE = 1;
    private static final int WRONG_PASSWORD = 3;
    private static final int NO_SUCH_USER = 4;

    @Option(
            names = "-c",
            description = "Create the file; refuse if it exists. Without -c, a missing file is created too.")
    private boolean create;

    @Option(names = "-i", description = "Read the password from the first line of standard input.")
    private boolean fromInput;

    @Option(
            names = "-b",
            description = "Take the password from the command line, where other users of this computer may see it.")
    private boolean fromArgument;

    @SuppressWarnings("unused") // accepted, since people type it, but there is nothing to choose
    @Option(names = "-B", description = "Use bcrypt. Always on; for those used to htpasswd -B.")
    private boolean bcrypt;

    @Option(
            names = "-C",
            paramLabel = "COST",
            defaultValue = "" + BcryptHash.DEFAULT_COST,
            description = "Cost of the hash, " + BcryptHash.MIN_COST + " to " + BcryptHash.MAX_COST
                    + "; each step doubles the time of a login. Default: ${DEFAULT-VALUE}.")
    private int cost;

    @Option(names = "-D", description = "Delete the user.")
    private boolean delete;

    @Option(names = "-v", description = "Check the user's password.")
    private boolean verify;

    @SuppressWarnings("unused") // seen by the execution strategy
    @Option(
            names = Completion.OPTION,
            help = true,
            description =
                    "Print a script for bash and zsh that defines the command hivemq-file-auth with completion, and exit;"
                            + " load it with: source FILE")
    private boolean completion;

    @Parameters(index = "0", paramLabel = "FILE", description = "The users file.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "USER", description = "The user's name.")
    private String user = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "PASSWORD", description = "The password, with -b.")
    private @Nullable String password;

    @Spec
    private @Nullable CommandSpec spec;

    /** Runs the command and ends the process. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new PasswdCommand())
                .setUsageHelpWidth(WIDTH)
                .setExecutionStrategy(PasswdCommand::execute)
                .setParameterExceptionHandler((wrong, arguments) -> WrongUsage.tell(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> fail(failure, command));
        ProgramJar.of(PasswdCommand.class).ifPresent(jar -> line.setCommandName("java -jar " + jar.getFileName()));
        ManualPage.layOut(line);
        return line;
    }

    private static int execute(ParseResult parsed) {
        if (!parsed.hasMatchedOption(Completion.OPTION)) {
            return new RunLast().execute(parsed);
        }
        CommandLine line = parsed.commandSpec().commandLine();
        Path jar = ProgramJar.of(PasswdCommand.class).orElse(Path.of(NAME + ".jar"));
        line.getOut().print(Completion.ofJar(line, NAME, jar));
        line.getOut().flush();
        return 0;
    }

    private static int fail(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof CommandFailure wrong) {
            command.getErr().println(wrong.line());
            return wrong.exitCode();
        }
        if (failure instanceof IOException broken) {
            command.getErr().println("Can't read or write the users file: " + FailureText.of(broken));
            return FILE_FAILURE;
        }
        throw failure;
    }

    @Override
    public Integer call() throws IOException {
        check();
        PasswordFile passwords = PasswordFile.read(file);
        if (delete) {
            return deleteFrom(passwords);
        }
        if (verify) {
            return verifyIn(passwords);
        }
        return putInto(passwords);
    }

    private void check() {
        if (delete && verify) {
            throw CommandFailure.wrongSetting("-D and -v can't be used together.");
        }
        if (fromInput && fromArgument) {
            throw CommandFailure.wrongSetting("-i and -b can't be used together.");
        }
        if (fromArgument == (password == null) && !delete) {
            throw CommandFailure.wrongSetting(
                    fromArgument
                            ? "-b needs the password after the user."
                            : "A password on the command line needs -b.");
        }
        if (cost < BcryptHash.MIN_COST || cost > BcryptHash.MAX_COST) {
            throw CommandFailure.wrongSetting(
                    "The cost " + cost + " must be " + BcryptHash.MIN_COST + " to " + BcryptHash.MAX_COST + ".");
        }
        if (user.isBlank()
                || !user.equals(user.strip())
                || user.startsWith("#")
                || user.contains(":")
                || user.chars().anyMatch(Character::isISOControl)) {
            throw CommandFailure.wrongSetting(
                    "The user name '" + user + "' can't stand in a users file: it must not be empty,"
                            + " start with #, hold a colon or a control character, or begin or end with a space.");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw CommandFailure.wrongSetting("The folder " + folder + " does not exist.");
        }
        if (create && Files.exists(file)) {
            throw CommandFailure.wrongSetting(file + " exists. Leave out -c to add the user to it.");
        }
        if ((delete || verify) && !Files.exists(file)) {
            throw CommandFailure.wrongSetting(file + " does not exist.");
        }
    }

    private int putInto(PasswordFile passwords) throws IOException {
        boolean created = !Files.exists(file);
        boolean changed = passwords.has(user);
        byte[] bytes = readPassword(true);
        if (bytes.length == 0) {
            throw CommandFailure.wrongSetting("The password is empty.");
        }
        if (bytes.length > BcryptHash.MAX_PASSWORD_BYTES) {
            throw CommandFailure.wrongSetting("The password has " + bytes.length + " bytes; bcrypt looks at the first "
                    + BcryptHash.MAX_PASSWORD_BYTES + " only. Take a shorter one.");
        }
        passwords.put(user, BcryptHash.of(bytes, cost));
        passwords.write();
        if (created) {
            out().println("Created " + file + ", readable by its owner only.");
        }
        out().println((changed ? "Changed the password of user '" : "Added user '") + user + "'.");
        warn(passwords);
        return 0;
    }

    private int deleteFrom(PasswordFile passwords) throws IOException {
        if (!passwords.has(user)) {
            err().println("There is no user '" + user + "' in " + file + ".");
            return NO_SUCH_USER;
        }
        passwords.remove(user);
        passwords.write();
        out().println("Deleted user '" + user + "'.");
        warn(passwords);
        return 0;
    }

    private int verifyIn(PasswordFile passwords) throws IOException {
        byte[] bytes = readPassword(false);
        boolean right = passwords.hash(user).map(hash -> hash.matches(bytes)).orElse(false);
        (right ? out() : err()).println(right ? "The password is right." : "Wrong password, or no such user.");
        return right ? 0 : WRONG_PASSWORD;
    }

    private void warn(PasswordFile passwords) {
        passwords.mistakes().forEach(problem -> err().println("HiveMQ leaves out of " + file + " " + problem));
    }

    private byte[] readPassword(boolean twice) throws IOException {
        PasswordSource source = fromInput ? PasswordSource.standardInput() : PasswordSource.terminal(twice);
        return (password == null ? source.read() : password).getBytes(StandardCharsets.UTF_8);
    }

    private PrintWriter out() {
        return commandSpec().commandLine().getOut();
    }

    private PrintWriter err() {
        return commandSpec().commandLine().getErr();
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("Run by picocli only");
        }
        return spec;
    }

    /** The version of the jar. */
    static final class Version extends ManifestVersion {
        Version() {
            super(NAME);
        }
    }
}
