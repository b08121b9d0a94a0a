package io.kafkabridge.common;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Lays out {@code --help} as a manual page. A command gives its {@code header} (one line), {@code description},
 * {@code exitCodeList} and, as {@code footer}, examples, in which {@code $0} stands for the name of the program. The variables of the
 * environment are those that its options name.
 */
public final class ManualPage {

    private static final String INDENT = "    ";

    private ManualPage() {}

    /** Makes such pages the help of a command and of all its subcommands. */
    public static void layOut(final CommandLine command) {
        final Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>();
        add(
                sections,
                "NAME",
                help -> help.commandSpec().qualifiedName(" ") + " - "
                        + String.join(" ", help.commandSpec().usageMessage().header()));
        add(sections, "SYNOPSIS", ManualPage::synopsis);
        add(sections, "DESCRIPTION", Help::description);
        add(sections, "ARGUMENTS", Help::parameterList);
        add(sections, "OPTIONS", Help::optionList);
        add(sections, "COMMANDS", Help::commandList);
        add(sections, "EXAMPLES", ManualPage::examples);
        add(
                sections,
                "EXIT STATUS",
                help -> columns(help.commandSpec().usageMessage().exitCodeList(), help));
        add(sections, "ENVIRONMENT", ManualPage::environment);
        command.setHelpSectionMap(sections);
        command.setHelpSectionKeys(new ArrayList<>(sections.keySet()));
        command.getSubcommands().values().forEach(ManualPage::layOut);
    }

    private static void add(
            final Map<String, IHelpSectionRenderer> sections,
            final String heading,
            final IHelpSectionRenderer content) {
        final String before = sections.isEmpty() ? "" : "\n";
        sections.put(heading, help -> {
            final String text = content.render(help);
            return text.isBlank()
                    ? ""
                    : before + heading + "\n" + indented(text.lines().toList());
        });
    }

    private static String indented(final List<String> lines) {
        return lines.stream()
                .map(line -> (line.isBlank() ? "" : INDENT + line) + "\n")
                .collect(Collectors.joining());
    }

    private static String synopsis(final Help help) {
        return help.commandSpec().usageMessage().abbreviateSynopsis()
                ? help.commandSpec().qualifiedName(" ") + " [OPTION]..."
                : help.synopsis(0);
    }

    private static String examples(final Help help) {
        final String program = help.commandSpec().root().name();
        return Stream.of(help.commandSpec().usageMessage().footer())
                .map(line -> line.replace("$0", program) + "\n")
                .collect(Collectors.joining());
    }

    private static String environment(final Help help) {
        final Map<String, String> flags = new LinkedHashMap<>();
        for (final OptionSpec option : help.commandSpec().options()) {
            final String name = Environment.variable(option);
            if (name != null) {
                flags.put(name, option.longestName());
            }
        }
        return flags.isEmpty()
                ? ""
                : "A flag comes first, then the variable, then the file .env in the working directory.\n\n"
                        + columns(flags, help);
    }

    /** Two columns, the second one in several lines where it is too long for the page. */
    private static String columns(final Map<String, String> rows, final Help help) {
        final int left = rows.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        final int right = Math.max(1, help.commandSpec().usageMessage().width() - left);
        final Pattern line = Pattern.compile("\\S.{0," + (right - 1) + "}(?=\\s|$)|\\S+");
        final StringBuilder text = new StringBuilder();
        rows.forEach((key, value) -> {
            String before = key + " ".repeat(left - key.length());
            for (final MatchResult part : line.matcher(value).results().toList()) {
                text.append(before).append(part.group().stripTrailing()).append('\n');
                before = " ".repeat(left);
            }
        });
        return text.toString();
    }
}
