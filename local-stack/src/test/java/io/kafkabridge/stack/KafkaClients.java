package io.kafkabridge.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes and reads single records, as any client of the cluster would. */
final class KafkaClients {

    private final Map<String, Object> properties;

    KafkaClients(Map<String, Object> properties) {
        this.properties = Map.copyOf(properties);
    }

    KafkaClients(Kafka kafka) {
        this(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    void send(String topic, String value) throws Exception {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put("delivery.timeout.ms", 15_000);
        settings.put("request.timeout.ms", 5_000);
        settings.put("max.block.ms", 15_000);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(20, TimeUnit.SECONDS);
        }
    }

    void sendUnchecked(String topic, String value) {
        try {
            send(topic, value);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads partition 0 from its beginning until it has as many values, for at most 20 seconds. */
    List<String> read(String topic, int count) {
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (values.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
