package io.kafkabridge.benchmark.extension;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;

/** The obvious way to acknowledge only what is in Kafka: holds the PUBLISH itself until Kafka has its record. */
public final class HoldPublishMain implements ExtensionMain {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private @Nullable KafkaProducer<byte[], byte[]> producer;

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        KafkaProducer<byte[], byte[]> kafka =
                Records.producer(Objects.requireNonNull(System.getenv("BOOTSTRAP_SERVERS")));
        producer = kafka;
        PublishInboundInterceptor hold = (in, out) -> forward(in, out, kafka);
        Services.initializerRegistry()
                .setClientInitializer((in, context) -> context.addPublishInboundInterceptor(hold));
    }

    private static void forward(
            PublishInboundInput input, PublishInboundOutput output, KafkaProducer<byte[], byte[]> kafka) {
        PublishPacket publish = input.getPublishPacket();
        if (!publish.getTopic().startsWith("bench/")) {
            return;
        }
        ByteBuffer payload = publish.getPayload().orElseThrow();
        byte[] value = new byte[payload.remaining()];
        payload.get(value);
        Async<PublishInboundOutput> held = output.async(LIMIT);
        kafka.send(Records.of(publish.getTopic(), value), (metadata, error) -> {
            if (error != null && publish.getQos() != Qos.AT_MOST_ONCE) {
                held.getOutput().preventPublishDelivery(AckReasonCode.UNSPECIFIED_ERROR);
            }
            held.resume();
        });
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }
}
