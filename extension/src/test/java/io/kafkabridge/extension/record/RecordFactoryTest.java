package io.kafkabridge.extension.record;

import java.time.Instant;

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
        "0,1970-01-01T00:00:00Z",
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
                "2024-13-25T21:26:40Z",
                "1969-12-31T23:59:59Z",
                "2024-11-25T21:26:40.1234567891234567891234Z"
            })
    void create_ofATimestampThatIsUnreadable_isTheArrival(final String text) {
        // Given
        final long before = System.currentTimeMillis();
        final Publish publish = new Publishes().property("ts", text).build();

        // When
        final ProducerRecord<byte[], byte[]> record =
                Mappings.with("<timestamp-property>ts</timestamp-property>").create(publish);

        // Then
        assertThat(record.timestamp()).isBetween(before, System.currentTimeMillis());
    }
}
