package io.kafkabridge.extension.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/** Bytes where text is wanted. */
public final class BinaryText {

    private BinaryText() {}

    /** Text as it is, when the bytes are UTF-8; else Base64 for URLs, without padding (RFC 4648, section 5). */
    static @Nullable String of(final byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        final String text = utf8(bytes);
        return text != null ? text : Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The text that the bytes are in UTF-8; null when they are none. */
    public static @Nullable String utf8(final byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (final CharacterCodingException e) {
            return null;
        }
    }
}
