package io.kafkabridge.common;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Lays out {@code --help} as a manual page. A command gives its {@code header} (one line), {@code description},
 * {@code exitCodeList} and, as {@code footer}, examples; the variables of the environment are those that its options name.
 */
final class ManualPage {
    private static final String INDENT = "    ";

    private ManualPage() {}

    /** Makes the page the help of the command. */
    static void layOut(CommandLine command) {
        Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>();
        section(
                sections,
                "NAME",
                help -> help.commandSpec().name() + " - "
                        + String.join(" ", help.commandSpec().usageMessage().header()));
        section(sections, "SYNOPSIS", help -> help.commandSpec().name() + " [OPTION]...");
        section(
                sections,
                "DESCRIPTION",
                help -> lines(help.commandSpec().usageMessage().description()));
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING, help -> "%nOPTIONS%n".formatted());
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, Help::optionList);
        section(
                sections,
                "EXAMPLES",
                help -> lines(help.commandSpec().usageMessage().footer()));
        section(sections, "EXIT STATUS", ManualPage::exitCodes);
        section(sections, "ENVIRONMENT", ManualPage::environment);
        command.setHelpSectionMap(sections);
        command.setHelpSectionKeys(new ArrayList<>(sections.keySet()));
    }

    private static void section(
            Map<String, IHelpSectionRenderer> sections, String heading, IHelpSectionRenderer content) {
        sections.put(heading, help -> {
            String text = content.render(help);
            return text.isBlank()
                    ? ""
                    : (sections.keySet().iterator().next().equals(heading) ? "" : System.lineSeparator())
                            + heading
                            + System.lineSeparator()
                            + lines(text.lines()
                                    .map(line -> line.isBlank() ? "" : INDENT + line)
                                    .toArray(String[]::new));
        });
    }

    private static String exitCodes(Help help) {
        return columns(help.commandSpec().usageMessage().exitCodeList());
    }

    private static String environment(Help help) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (OptionSpec option : help.commandSpec().options()) {
            String name = Environment.variable(option);
            if (name != null) {
                flags.put(name, option.longestName());
            }
        }
        if (flags.isEmpty()) {
            return "";
        }
        String rule = "A flag comes first, then the variable, then the file .env in the working directory.";
        return lines(rule, "", columns(flags));
    }

    private static String columns(Map<String, String> rows) {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        return rows.entrySet().stream()
                .map(row -> row.getKey() + " ".repeat(width - row.getKey().length()) + row.getValue())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String lines(String... lines) {
        return Stream.of(lines).map(line -> line + System.lineSeparator()).collect(Collectors.joining());
    }
}
