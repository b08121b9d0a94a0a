package io.kafkabridge.extension.model;

/**
 * One thing in a configuration file that is wrong, or that the bridge does otherwise.
 *
 * @param line the line, from 1; 0 when it concerns the whole file
 * @param column the column, from 1; 0 when it concerns the whole file
 * @param element the element, with its parents: {@code kafka-cluster > id}; empty for the whole file
 * @param text what it is and what to do
 */
public record Problem(int line, int column, String element, String text) {

    @Override
    public String toString() {
        return (line > 0 ? "line " + line + ", column " + column + ": " : "")
                + (element.isEmpty() ? "" : element + ": ")
                + text;
    }
}
