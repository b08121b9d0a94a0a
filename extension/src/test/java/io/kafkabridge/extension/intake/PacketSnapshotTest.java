package io.kafkabridge.extension.intake;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.general.UserProperties;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.extension.record.MqttClient;
import io.kafkabridge.extension.record.MqttProperties;

import static org.assertj.core.api.Assertions.assertThat;

class PacketSnapshotTest {

    private static PublishPacket packet(final Optional<Long> expiry) {
        return proxy(PublishPacket.class, method -> switch (method) {
            case "getTopic" -> "plant/7";
            case "getQos" -> Qos.AT_LEAST_ONCE;
            case "getPacketId" -> 7;
            case "getRetain", "getDupFlag" -> false;
            case "getMessageExpiryInterval" -> expiry;
            case "getUserProperties" -> proxy(UserProperties.class, each -> each.equals("isEmpty") ? true : List.of());
            default -> Optional.<ByteBuffer>empty();
        });
    }

    private interface Answers {
        Object to(String method);
    }

    private static <T> T proxy(final Class<T> type, final Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.to(method.getName())));
    }

    /** HiveMQ gives a publish that says nothing its own maximum, which is 4294967296 unless somebody sets one. */
    @ParameterizedTest
    @CsvSource({"0,0", "60,60", "4294967295,4294967295", "4294967296,", ","})
    void of_takesTheMessageExpiryInterval_whereThePublishHasOne(
            final @Nullable Long given, final @Nullable Long expected) {
        // When
        final MqttProperties properties = PacketSnapshot.of(
                        packet(Optional.ofNullable(given)), new MqttClient("c1", null), true)
                .properties();

        // Then
        assertThat(properties.messageExpiryInterval()).isEqualTo(expected);
        assertThat(properties.equals(MqttProperties.NONE)).isEqualTo(expected == null);
    }
}
