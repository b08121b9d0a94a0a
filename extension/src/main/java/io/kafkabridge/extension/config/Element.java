package io.kafkabridge.extension.config;

import java.util.ArrayList;
import java.util.List;

/**
 * An XML element with the line it stands on, which the JDK's DOM doesn't keep.
 */
final class Element {

    private final String name;
    private final String path;
    private final int line;
    private final List<Element> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    Element(final String name, final String path, final int line) {
        this.name = name;
        this.path = path;
        this.line = line;
    }

    Element addChild(final String childName, final int childLine) {
        final Element child = new Element(childName, name + " > " + childName, childLine);
        children.add(child);
        return child;
    }

    void addText(final char[] characters, final int start, final int length) {
        text.append(characters, start, length);
    }

    String name() {
        return name;
    }

    /** The element as a reader finds it: with its parent. */
    String path() {
        return path;
    }

    /** Whether its content must not be shown. */
    boolean isSecret() {
        return name.equals("password");
    }

    int line() {
        return line;
    }

    List<Element> children() {
        return children;
    }

    String text() {
        return text.toString().strip();
    }
}
