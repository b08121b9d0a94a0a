package io.kafkabridge.auth.file;

/**
 * Something wrong in a text file.
 *
 * @param line the line, counted from 1; 0 when it is about the file as a whole
 * @param message what is wrong and what to do, for the person who edits the file; never holds a secret
 */
public record Problem(int line, String message) {

    @Override
    public String toString() {
        return line == 0 ? message : "line " + line + ": " + message;
    }
}
