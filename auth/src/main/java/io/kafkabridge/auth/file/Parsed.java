package io.kafkabridge.auth.file;

import java.util.List;

/**
 * What a file says, and all that is wrong with it.
 *
 * @param content the content; to be used only when there are no errors
 * @param summary what was read in a few words, such as "3 users"
 * @param errors mistakes that make the file unusable
 * @param warnings lines that have no effect or probably another one than meant
 */
public record Parsed<T>(T content, String summary, List<Problem> errors, List<Problem> warnings) {

    public Parsed {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }
}
