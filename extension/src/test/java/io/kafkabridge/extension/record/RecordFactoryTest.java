package io.kafkabridge.extension.record;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RecordFactoryTest {

    @Test
    void create_byDefault_takesTopicPayloadAndArrival() {
        // Given
        final long before = System.currentTimeMillis();
        final Publish publish = new Publishes().topic("plant/é").build();

        // When
        final ProducerRecord<byte[], byte[]> record = Mappings.with("").create(publish);

        // Then
        assertThat(record.topic()).isEqualTo("t");
        assertThat(record.partition()).isNull();
        assertThat(record.key()).asString().isEqualTo("plant/é");
        assertThat(record.value()).isSameAs(publish.payload());
        assertThat(record.timestamp()).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void create_ofAnEmptyPayload_isAnEmptyValue() {
        assertThat(Mappings.with("").create(Publishes.of("")).value()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "{topic},plant/7/temp",
        "{client-id}-{topic[1]|none},c1-7",
        "fixed,fixed",
        "{user-property:k|none},v",
        "{user-property:x|none},none",
        "{correlation-data|none},none",
        "x{correlation-data|none},xnone"
    })
    void create_ofAKeyTemplate_rendersIt(final String key, final String expected) {
        final Publish publish = new Publishes().property("k", "v").build();

        assertThat(Mappings.with("<key>" + key + "</key>").create(publish).key())
                .asString()
                .isEqualTo(expected);
    }

    @Test
    void create_ofCorrelationDataAsKey_takesTheBytes() {
        final byte[] data = {(byte) 0xff, 0, 1};
        final Publish publish = new Publishes().correlationData(data).build();

        assertThat(Mappings.with("<key>{correlation-data|none}</key>")
                        .create(publish)
                        .key())
                .isEqualTo(data);
        assertThat(Mappings.with("<key>x{correlation-data|none}</key>")
                        .create(publish)
                        .key())
                .asString()
                .isEqualTo("x_wAB");
    }

    @Test
    void create_withoutAKey_hasNone() {
        assertThat(Mappings.with("<key>{none}</key>").create(Publishes.any()).key())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "17,17", "007,7", "999999999,999999999"})
    void create_ofAPartition_takesTheNumber(final String text, final int partition) {
        final Publish publish = new Publishes().property("p", text).build();

        assertThat(Mappings.with("<partition>{user-property:p|0}</partition>")
                        .create(publish)
                        .partition())
                .isEqualTo(partition);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "x", "+1", "9999999999", "\u0661"})
    void create_ofAPartitionThatIsNoNumber_isRejected(final String text) {
        // Given
        final Publish publish = new Publishes().property("p", text).build();

        // When
        final RejectedPublishException rejection =
                Mappings.with("<partition>{user-property:p|0}</partition>").rejection(publish);

        // Then
        assertThat(rejection).hasMessage("the partition comes out as \"" + text + "\", which isn't a number from 0");
        assertThat(rejection.record().partition()).isNull();
        assertThat(rejection.record().topic()).isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource({
        "1732570000123,2024-11-25T21:26:40.123Z",
        "946684800000,2000-01-01T00:00:00Z",
        "2024-11-25T21:26:40.123Z,2024-11-25T21:26:40.123Z",
        "2024-11-25T22:26:40+01:00,2024-11-25T21:26:40Z",
        "2024-11-25T21:26Z,2024-11-25T21:26:00Z",
        "2024-11-25T21:26:40.123456789Z,2024-11-25T21:26:40.123Z"
    })
    void create_ofATimestampProperty_takesIt(final String text, final Instant time) {
        final Publish publish = new Publishes().property("ts", text).build();

        assertThat(Mappings.with("<timestamp-property>ts</timestamp-property>")
                        .create(publish)
                        .timestamp())
                .isEqualTo(time.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "-1",
                "1.5",
                "999999999999999",
                "2024-11-25",
                "2024-11-25T21:26:40",
                "2024-11-25 21:26:40Z",
                "2024-13-25T21:26:40Z",
                "2024-11-25T21:26:40.1234567891234567891234Z",
                // Kafka's retention would delete these at once.
                "0",
                "1734500000",
                "1734500000.123",
                "1734500000123456",
                "946684799999",
                "1969-12-31T23:59:59Z",
                "1999-12-31T23:59:59Z",
                // Kafka's brokers would refuse these.
                "99999999999999",
                "2126-11-25T21:26:40Z"
            })
    void create_ofATimestampThatCantBe_isTheArrival(final String text) {
        // Given
        final long before = System.currentTimeMillis();
        final Publish publish = new Publishes().property("ts", text).build();

        // When
        final ProducerRecord<byte[], byte[]> record =
                Mappings.with("<timestamp-property>ts</timestamp-property>").create(publish);

        // Then
        assertThat(record.timestamp()).isBetween(before, System.currentTimeMillis());
    }

    @ParameterizedTest
    @CsvSource({"1h,50,true", "1h,70,false", "5min,4,true", "5min,6,false", "48h,2870,true", "48h,2890,false"})
    void create_ofATimestampAhead_takesItUpToTheLimit(final String limit, final int minutesAhead, final boolean taken) {
        // Given
        final Instant ahead =
                Instant.now().plus(Duration.ofMinutes(minutesAhead)).truncatedTo(ChronoUnit.MILLIS);
        final Mappings mappings = Mappings.with(
                "<timestamp-property>ts</timestamp-property><timestamp-max-ahead>" + limit + "</timestamp-max-ahead>");

        // When
        final Instant timestamp = Instant.ofEpochMilli(
                mappings.create(new Publishes().property("ts", ahead.toString()).build())
                        .timestamp());

        // Then
        assertThat(timestamp.equals(ahead)).isEqualTo(taken);
        assertThat(timestamp).isBeforeOrEqualTo(taken ? ahead : Instant.now());
        assertThat(mappings.replacedTimestamps()).isEqualTo(taken ? 0 : 1);
    }

    @Test
    void create_ofATimestampThatCantBe_isCounted_butNotOneThatIsMissing() {
        // Given
        final Mappings mappings = Mappings.with("<timestamp-property>ts</timestamp-property>");

        // When
        mappings.create(Publishes.any());
        mappings.create(new Publishes().property("ts", "1732570000123").build());
        mappings.create(new Publishes().property("ts", "0").build());
        mappings.create(new Publishes().property("ts", "now").build());

        // Then
        assertThat(mappings.replacedTimestamps()).isEqualTo(2);
    }

    @Test
    void create_ofAPublishThatExpires_saysWhen_whereTheMappingRejectsWhatIsExpired() {
        // Given
        final Publish publish = new Publishes()
                .property("ts", "2024-11-25T21:26:40Z")
                .messageExpiry(60)
                .build();
        final String timestamp = "<timestamp-property>ts</timestamp-property>";
        final long before = System.currentTimeMillis();

        // When
        final ProducerRecord<byte[], byte[]> record = Mappings.with(timestamp + "<reject-expired>true</reject-expired>")
                .create(publish);

        // Then
        final String expires = new String(
                record.headers().lastHeader("kafka-bridge.expires-at").value(), StandardCharsets.UTF_8);
        assertThat(Long.parseLong(expires)).isBetween(before + 60_000, System.currentTimeMillis() + 60_000);
        assertThat(Mappings.with(timestamp).create(publish).headers().lastHeader("kafka-bridge.expires-at"))
                .isNull();
        assertThat(Mappings.with("<reject-expired>true</reject-expired>")
                        .create(Publishes.any())
                        .headers()
                        .lastHeader("kafka-bridge.expires-at"))
                .isNull();
    }
}
