package io.kafkabridge.common;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file, in words for whoever runs a command; the JDK's messages are often no more than its name. */
public final class FailureText {

    private FailureText() {}

    /** The failure in a few words. */
    public static String of(final IOException failure) {
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (failure instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (failure instanceof FileAlreadyExistsException existing) {
            return existing.getFile() + " exists already";
        }
        if (failure instanceof CharacterCodingException) {
            return "it isn't UTF-8 text; save it as UTF-8";
        }
        return failure instanceof FileSystemException && failure.getMessage() != null
                ? failure.getMessage()
                : failure.toString();
    }
}
