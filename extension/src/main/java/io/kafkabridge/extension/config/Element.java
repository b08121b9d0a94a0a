package io.kafkabridge.extension.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.Problem;

/**
 * An XML element with the place where it stands, which the JDK's DOM doesn't keep.
 */
final class Element {

    private static final Set<String> SECRETS =
            Set.of("password", "private-key-password", "key-password", "client-secret");

    /** Of a Kafka property, which may be a password as well. */
    private static final String PROPERTY_VALUE = "property > value";

    /** A place in a file, from line 1 and column 1. */
    record Position(int line, int column) {}

    private String name;
    private final String path;
    private final Position position;
    private @Nullable Element parent;
    private final List<String> attributes = new ArrayList<>();
    private final List<Element> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    Element(final String name, final String path, final Position position) {
        this.name = name;
        this.path = path;
        this.position = position;
    }

    Element addChild(final String childName, final Position childPosition) {
        final Element child = new Element(childName, name + " > " + childName, childPosition);
        child.parent = this;
        children.add(child);
        return child;
    }

    /** Goes on under another name; its path stays as the file has it. */
    void rename(final String otherName) {
        name = otherName;
    }

    /** Goes out of its parent, as if the file didn't have it. */
    void remove() {
        if (parent != null) {
            parent.children.remove(this);
        }
    }

    void addText(final char[] characters, final int start, final int length) {
        text.append(characters, start, length);
    }

    void addAttribute(final String attribute) {
        attributes.add(attribute);
    }

    String name() {
        return name;
    }

    /** The element as a reader finds it: with its parent. */
    String path() {
        return path;
    }

    /** Whether it is the place of a secret, and of nothing else. */
    boolean isPassword() {
        return SECRETS.contains(name);
    }

    /** Whether its content must not be shown. */
    boolean isSecret() {
        return isPassword() || path.equals(PROPERTY_VALUE);
    }

    Position position() {
        return position;
    }

    /** The names of its attributes, without those that XML itself knows. */
    List<String> attributes() {
        return attributes;
    }

    List<Element> children() {
        return children;
    }

    /** The children of that name. */
    List<Element> children(final String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).toList();
    }

    /** The element and all below it. */
    Stream<Element> all() {
        return Stream.concat(Stream.of(this), List.copyOf(children).stream().flatMap(Element::all));
    }

    /** The element or the nearest one around it that has the name; itself when none has. */
    Element around(final String wanted) {
        for (Element element = this; element != null; element = element.parent) {
            if (element.name.equals(wanted)) {
                return element;
            }
        }
        return this;
    }

    String text() {
        return text.toString().strip();
    }

    Problem problem(final String what) {
        return new Problem(position.line(), position.column(), path, what);
    }
}
