package io.kafkabridge.extension.delivery.spooled;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.HeaderSettings;

/**
 * The MQTT 5 message expiry of a record in the spool, where its mapping asks for it. It goes by the wall clock: the record may have
 * been through a restart.
 */
final class Expiry {

    /** Its message says when a record expired. Without a stack trace: many may have expired. */
    static final class ExpiredException extends Exception {

        private static final long serialVersionUID = 1L;

        ExpiredException(final Instant when) {
            super("expired at " + when + ", while it was in the spool", null, false, false);
        }
    }

    private Expiry() {}

    /** Why a record isn't to be sent any more at that time (milliseconds since 1970); null when it is. */
    static @Nullable ExpiredException of(final ProducerRecord<byte[], byte[]> record, final long now) {
        final Header header = record.headers().lastHeader(HeaderSettings.EXPIRES_AT);
        if (header == null || header.value() == null) {
            return null;
        }
        try {
            final long expires = Long.parseLong(new String(header.value(), StandardCharsets.US_ASCII));
            return expires < now ? new ExpiredException(Instant.ofEpochMilli(expires)) : null;
        } catch (final NumberFormatException e) {
            return null; // The bridge writes numbers only; whatever it is, it is no reason to reject the record.
        }
    }
}
