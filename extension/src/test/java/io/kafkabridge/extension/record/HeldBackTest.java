package io.kafkabridge.extension.record;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeldBackTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            nullValues = "none",
            value = {
                "<min-qos>1</min-qos>,none",
                "<min-qos>2</min-qos>,QOS",
                "<retained>any</retained>,none",
                "<retained>never</retained>,none",
                "<retained>only</retained>,RETAIN",
                "<client-ids><client-id>x</client-id><client-id>sensor-*</client-id></client-ids>,none",
                "<client-ids><client-id>sensor</client-id></client-ids>,CLIENT_ID",
                "<usernames><username>an?</username></usernames>,none",
                "<usernames><username>an</username></usernames>,USERNAME",
                "<min-payload>4B</min-payload><max-payload>4B</max-payload>,none",
                "<min-payload>5B</min-payload>,PAYLOAD_SIZE",
                "<max-payload>3B</max-payload>,PAYLOAD_SIZE"
            })
    void create_ofAFilter_holdsBackAndSaysWhy(final String filter, final HeldBack reason) throws Exception {
        // Given: a publish of QoS 1, not retained, of 4 bytes.
        final Mappings mappings = Mappings.with("<filter>" + filter + "</filter>");
        final Publish publish = new Publishes().client("sensor-1", "ana").build();

        // When
        final boolean forwarded = mappings.tryCreate(publish) != null;

        // Then
        assertThat(forwarded).isEqualTo(reason == null);
        if (reason == null) {
            assertThat(mappings.heldBack()).isEmpty();
        } else {
            assertThat(mappings.heldBack()).containsExactly(reason);
        }
    }

    @Test
    void create_ofARetainedPublish_isHeldBackByNever() throws Exception {
        // Given
        final Mappings never = Mappings.with("<filter><retained>never</retained></filter>");
        final Mappings only = Mappings.with("<filter><retained>only</retained></filter>");
        final Publish retained = new Publishes().retain().build();

        // When, Then
        assertThat(never.tryCreate(retained)).isNull();
        assertThat(only.tryCreate(retained)).isNotNull();
        assertThat(never.heldBack()).containsExactly(HeldBack.RETAIN);
    }

    @Test
    void create_ofAClientWithoutAUsername_isHeldBackByAnyPattern() throws Exception {
        final Mappings mappings = Mappings.with("<filter><usernames><username>*</username></usernames></filter>");

        assertThat(mappings.tryCreate(new Publishes().client("c", null).build()))
                .isNull();
        assertThat(mappings.tryCreate(new Publishes().client("c", "").build())).isNotNull();
    }

    @Test
    void of_aMapping_areTheConditionsThatItHas() {
        assertThat(HeldBack.of(Mappings.mapping("#", "t", ""))).isEmpty();
        assertThat(HeldBack.of(Mappings.mapping(
                        "#", "t", "<filter><min-qos>1</min-qos></filter><json><condition>a</condition></json>")))
                .containsExactly(HeldBack.QOS, HeldBack.CONDITION);
        assertThat(HeldBack.of(Mappings.mapping("#", "t", """
                        <filter><retained>only</retained><client-ids><client-id>*</client-id></client-ids>
                        <usernames><username>*</username></usernames><max-payload>1B</max-payload></filter>
                        """)))
                .containsExactly(HeldBack.RETAIN, HeldBack.CLIENT_ID, HeldBack.USERNAME, HeldBack.PAYLOAD_SIZE);
    }
}
