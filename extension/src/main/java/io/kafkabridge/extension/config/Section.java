package io.kafkabridge.extension.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.Nearest;
import io.kafkabridge.extension.model.Problem;

/**
 * Reads the children of one element and notes every problem instead of stopping at the first. A value with a problem
 * comes back as {@code null} or empty; the file is refused in the end, so that nobody builds on it.
 */
final class Section {

    private static final String NO_ELEMENTS = "it takes a value, not elements";

    private final Element element;
    private final Placeholders placeholders;
    private final List<Problem> problems;
    private final List<Problem> warnings;

    /**
     * An element's children.
     *
     * @param problems gets what is wrong
     * @param warnings gets what is taken, and may not be meant
     */
    Section(
            final Element element,
            final Placeholders placeholders,
            final List<Problem> problems,
            final List<Problem> warnings) {
        this.element = element;
        this.placeholders = placeholders;
        this.problems = problems;
        this.warnings = warnings;
    }

    Element element() {
        return element;
    }

    /** The files that the configuration names. */
    SourceFiles files() {
        return placeholders.files();
    }

    /** Notes every child that isn't one of the names, and whatever else stands between them. */
    Section allow(final String... names) {
        final List<String> known = Arrays.asList(names);
        noAttributes(element, "an element");
        if (!element.text().isEmpty()) {
            problem("there is text between its elements; it takes elements only");
        }
        for (final Element child : element.children()) {
            if (!known.contains(child.name())) {
                problem(child, "there is no such element; " + Nearest.hint(child.name(), known));
            }
        }
        return this;
    }

    /** A list of children of that name: notes every other child, and when there is none. */
    Section listOf(final String name) {
        allow(name);
        if (!has(name)) {
            problem("at least one <" + name + "> is needed");
        }
        return this;
    }

    /** An attribute that nobody reads may be a setting that isn't in force: {@code <tls enabled="false">}. */
    private void noAttributes(final Element at, final String instead) {
        for (final String attribute : at.attributes()) {
            problem(at, "it takes no attribute, and has " + attribute + "=\"...\"; write " + instead);
        }
    }

    /** The child sections of that name. */
    List<Section> sections(final String name) {
        return children(name).map(this::section).toList();
    }

    /** Whether it has a child of that name. */
    boolean has(final String name) {
        return children(name).findAny().isPresent();
    }

    /** The only child section of that name; notes a repeated one. */
    Optional<Section> section(final String name) {
        return only(name).map(this::section);
    }

    Section requiredSection(final String name) {
        final Optional<Section> section = section(name);
        if (section.isEmpty()) {
            problem(element, "<" + name + "> is missing in it");
        }
        return section.orElseGet(() -> section(new Element(name, element.path(), element.position())));
    }

    /** The value of a child that must be there, or null when it isn't or breaks the rule. */
    <T> @Nullable T required(final String name, final Function<String, T> parser) {
        final Optional<Element> child = only(name);
        if (child.isEmpty()) {
            problem(element, "<" + name + "> is missing in it");
            return null;
        }
        return value(child.get(), parser);
    }

    <T> Optional<T> optional(final String name, final Function<String, T> parser) {
        return only(name).flatMap(child -> Optional.ofNullable(value(child, parser)));
    }

    /** Children that aren't in force: notes one that stands twice or has elements in it, and looks at no value. */
    void unused(final String... names) {
        for (final String name : names) {
            only(name).ifPresent(child -> {
                noAttributes(child, "the value alone");
                if (!child.children().isEmpty()) {
                    problem(child, NO_ELEMENTS);
                }
            });
        }
    }

    /** As {@link #unused}, of a child that must be there. */
    void requiredUnused(final String name) {
        unused(name);
        if (!has(name)) {
            problem(element, "<" + name + "> is missing in it");
        }
    }

    /** The values of all children of that name, without those that break the rule. */
    <T> List<T> list(final String name, final Function<String, T> parser) {
        return children(name)
                .flatMap(child -> Optional.ofNullable(value(child, parser)).stream())
                .toList();
    }

    void problem(final String text) {
        problem(element, text);
    }

    private void problem(final Element at, final String text) {
        problems.add(at.problem(text));
    }

    private Section section(final Element child) {
        return new Section(child, placeholders, problems, warnings);
    }

    private Stream<Element> children(final String name) {
        return element.children().stream().filter(child -> child.name().equals(name));
    }

    private Optional<Element> only(final String name) {
        final List<Element> found = children(name).toList();
        found.stream().skip(1).forEach(extra -> problem(extra, "it stands here twice; keep one"));
        return found.stream().findFirst();
    }

    private <T> @Nullable T value(final Element child, final Function<String, T> parser) {
        noAttributes(child, "the value alone");
        if (!child.children().isEmpty()) {
            problem(child, NO_ELEMENTS);
            return null;
        }
        // Of a password only what is nothing but a placeholder: in any other text it may be the password itself.
        final boolean hidden = child.isSecret() && !Placeholders.isOne(child.text());
        final String resolved;
        try {
            resolved = placeholders.resolve(child.text());
        } catch (final IllegalArgumentException e) {
            problem(
                    child,
                    hidden
                            ? "a placeholder in it can't be replaced: its environment variable isn't set for HiveMQ, or"
                                    + " its file can't be read"
                            : child.text() + ": " + e.getMessage());
            return null;
        }
        if (child.isPassword() && (resolved.endsWith("\n") || resolved.endsWith("\r"))) {
            warnings.add(child.problem(
                    "it ends with a line break, which counts as a part of it; if that isn't meant, remove it"
                            + " where the value comes from"));
        }
        try {
            // A password is taken with the spaces that the environment or a file put at its ends.
            return parser.apply(child.isSecret() ? resolved : resolved.strip());
        } catch (final IllegalArgumentException e) {
            // What the file says, not what the environment put in: that may be a secret.
            problem(child, (hidden ? "" : "\"" + shown(child.text()) + "\": ") + e.getMessage());
            return null;
        }
    }

    /** A URL may have a password in it. */
    private static String shown(final String text) {
        return text.replaceAll("//[^/@]*@", "//***@");
    }
}
