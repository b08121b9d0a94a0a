package io.kafkabridge.extension.delivery.spooled;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.model.HeaderSettings;

import static org.assertj.core.api.Assertions.assertThat;

class ExpiryTest {

    private static ProducerRecord<byte[], byte[]> record(final String expiresAt) {
        final ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("t", new byte[1]);
        record.headers().add(HeaderSettings.EXPIRES_AT, expiresAt.getBytes(StandardCharsets.US_ASCII));
        return record;
    }

    @Test
    void of_aRecordThatHasExpired_saysWhen() {
        assertThat(Expiry.of(record("1000"), 1001))
                .hasMessage("expired at 1970-01-01T00:00:01Z, while it was in the spool");
    }

    @Test
    void of_aRecordThatHasTime_orNoExpiry_orNoNumber_isNull() {
        assertThat(Expiry.of(record("1000"), 1000)).isNull();
        assertThat(Expiry.of(new ProducerRecord<>("t", new byte[1]), 1001)).isNull();
        assertThat(Expiry.of(record("soon"), 1001)).isNull();
    }
}
