package io.kafkabridge.auth.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The content of a text file at one moment, or why it can't be read. Equal when the bytes are equal.
 *
 * @param bytes the content; empty when the file can't be read
 * @param failure why the file can't be read and what to do; empty when it could
 */
record TextFile(ByteBuffer bytes, String failure) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    static TextFile read(Path path) {
        try {
            return new TextFile(ByteBuffer.wrap(Files.readAllBytes(path)), "");
        } catch (NoSuchFileException e) {
            return unreadable("the file does not exist; create it");
        } catch (AccessDeniedException e) {
            return unreadable("the account HiveMQ runs as may not read the file; change its owner or mode");
        } catch (IOException e) {
            return unreadable(
                    Files.isDirectory(path)
                            ? "this is a folder, not a file; Docker makes one when the file to mount does not exist"
                            : "the file can't be read (" + e + ")");
        }
    }

    private static TextFile unreadable(String failure) {
        return new TextFile(ByteBuffer.allocate(0), failure);
    }

    /**
     * Decodes the bytes as UTF-8, with or without a byte order mark.
     *
     * @throws NotTextException if they are something else
     */
    String text() throws NotTextException {
        ByteBuffer input = bytes.duplicate();
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(input).toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new NotTextException(lineOf(input.position()), e);
        }
    }

    private int lineOf(int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            if (bytes.get(i) == '\n') {
                line++;
            }
        }
        return line;
    }

    /** The bytes aren't UTF-8. */
    static final class NotTextException extends Exception {

        private static final long serialVersionUID = 1;

        private final int line;

        NotTextException(int line, CharacterCodingException cause) {
            super("not UTF-8 in line " + line, cause);
            this.line = line;
        }

        Problem problem() {
            return new Problem(line, "a character is not UTF-8; save the file as UTF-8");
        }
    }
}
