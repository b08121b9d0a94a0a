package io.kafkabridge.auth.file;

import java.io.IOException;
import java.nio.ByteBuffer;
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
public record TextFile(ByteBuffer bytes, String failure) {

    /** Stands in the text for bytes that aren't UTF-8. */
    public static final char NOT_UTF_8 = '\uFFFD';

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

    /** Decodes the bytes as UTF-8, with or without a byte order mark; what isn't UTF-8 becomes {@link #NOT_UTF_8}. */
    String text() {
        String text = StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
}
