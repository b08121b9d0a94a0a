package io.kafkabridge.benchmark.extension;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producer and records of the ways that the bridge is compared with: the same settings and the same records as the bridge's. */
public final class Records {

    private static final String KAFKA_PREFIX = "bench-";

    private Records() {}

    /** A producer: {@code acks=all}, idempotent, nothing lingers. */
    public static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1,
                ProducerConfig.BATCH_SIZE_CONFIG,
                64 << 10);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The Kafka topic for an MQTT topic: {@code bench-7} for {@code bench/7/<client>}. */
    public static String kafkaTopic(String mqttTopic) {
        return KAFKA_PREFIX + mqttTopic.split("/", -1)[1];
    }

    /** The record of a publish: key = MQTT topic, value = payload. */
    public static ProducerRecord<byte[], byte[]> of(String mqttTopic, byte[] payload) {
        return new ProducerRecord<>(kafkaTopic(mqttTopic), mqttTopic.getBytes(StandardCharsets.UTF_8), payload);
    }
}
