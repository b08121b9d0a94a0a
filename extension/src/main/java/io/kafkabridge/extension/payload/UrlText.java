package io.kafkabridge.extension.payload;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import com.dashjoin.jsonata.JException;

/** Percent-encoding as JavaScript has it. */
final class UrlText {

    private static final String HEX = "0123456789ABCDEF";

    /** What a part of a URL keeps, besides letters and digits. */
    static final String COMPONENT = "-_.!~*'()";

    /** What stands between the parts of a URL. */
    static final String KEPT_IN_URL = ";/?:@&=+$,#";

    /** What a whole URL keeps. */
    static final String URL = COMPONENT + KEPT_IN_URL;

    private static final String MALFORMED = "D3140";

    private UrlText() {}

    static String encode(final String text, final String kept) {
        try {
            final ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            final StringBuilder encoded = new StringBuilder(text.length() + 16);
            while (bytes.hasRemaining()) {
                final int b = bytes.get() & 0xff;
                if (b < 128 && (Character.isLetterOrDigit(b) || kept.indexOf(b) >= 0)) {
                    encoded.append((char) b);
                } else {
                    encoded.append('%').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 15));
                }
            }
            return encoded.toString();
        } catch (final CharacterCodingException e) {
            throw new JException(MALFORMED, -1);
        }
    }

    /** Decodes; characters of {@code kept} stay as they are written. */
    static String decode(final String text, final String kept) {
        final StringBuilder decoded = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            final char c = text.charAt(i);
            if (c != '%') {
                decoded.append(c);
                i++;
                continue;
            }
            final int first = octet(text, i);
            final int octets = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
            final byte[] bytes = new byte[octets];
            for (int k = 0; k < octets; k++) {
                bytes[k] = (byte) octet(text, i + 3 * k);
            }
            final int end = i + 3 * octets;
            if (octets == 1 && kept.indexOf(first) >= 0) {
                decoded.append(text, i, end);
            } else {
                try {
                    decoded.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)));
                } catch (final CharacterCodingException e) {
                    throw new JException(MALFORMED, -1);
                }
            }
            i = end;
        }
        return decoded.toString();
    }

    private static int octet(final String text, final int at) {
        if (at + 3 > text.length() || text.charAt(at) != '%') {
            throw new JException(MALFORMED, -1);
        }
        final int high = Character.digit(text.charAt(at + 1), 16);
        final int low = Character.digit(text.charAt(at + 2), 16);
        if (high < 0 || low < 0) {
            throw new JException(MALFORMED, -1);
        }
        return (high << 4) | low;
    }
}
