package io.kafkabridge.extension.tools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lays out {@code --help} as a manual page. A command gives its {@code header} (one line), {@code description},
 * {@code exitCodeList} and, as {@code footer}, examples, each without the name of the program.
 */
final class ManualPage {

    private static final String INDENT = "    ";
    private static final int WIDTH = 96;

    private ManualPage() {}

    /** Makes such pages the help of a command and of all its subcommands. */
    static void layOut(final CommandLine command) {
        final Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>();
        add(
                sections,
                "NAME",
                help -> name(help.commandSpec()) + " - "
                        + String.join(" ", help.commandSpec().usageMessage().header()));
        add(sections, "SYNOPSIS", help -> help.synopsis(0));
        add(sections, "DESCRIPTION", Help::description);
        add(sections, "ARGUMENTS", Help::parameterList);
        add(sections, "OPTIONS", Help::optionList);
        add(sections, "COMMANDS", Help::commandList);
        add(sections, "EXAMPLES", ManualPage::examples);
        add(sections, "EXIT STATUS", Help::exitCodeList);
        command.setUsageHelpWidth(WIDTH);
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

    private static String name(final CommandSpec command) {
        return command.qualifiedName(" ");
    }

    private static String examples(final Help help) {
        final String program = help.commandSpec().root().name();
        return List.of(help.commandSpec().usageMessage().footer()).stream()
                .map(line -> program + " " + line.strip() + "\n")
                .collect(Collectors.joining());
    }
}
