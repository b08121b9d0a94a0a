package io.kafkabridge.extension.config;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Where the tags of an XML file start. A SAX parser tells only where they end. */
final class TagPositions {

    /** A place in a file, from line 1 and column 1. */
    record Position(int line, int column) {}

    private final List<String> lines;

    /**
     * Reads a file's lines.
     *
     * @param encoding the encoding's name, as the parser found it; null when it doesn't tell
     */
    TagPositions(final byte[] file, final @Nullable String encoding) {
        final String text = new String(file, charset(encoding));
        // The parser doesn't count a byte order mark, and ends lines as XML 1.0 does (section 2.11).
        lines = List.of((text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r\n|\r|\n", -1));
    }

    private static Charset charset(final @Nullable String name) {
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (final IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8; // Markup is ASCII: only columns behind other letters may be off.
        }
    }

    /** The start of the tag that ends before that place: no attribute may hold a {@code <}. */
    Position startOf(final int endLine, final int endColumn) {
        int from = endColumn - 2;
        for (int line = Math.min(endLine, lines.size()); line > 0; line--) {
            final int start = lines.get(line - 1).lastIndexOf('<', from);
            if (start >= 0) {
                return new Position(line, start + 1);
            }
            from = Integer.MAX_VALUE;
        }
        return new Position(endLine, Math.max(1, endColumn));
    }
}
