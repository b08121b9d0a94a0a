package io.kafkabridge.extension.model;

/**
 * A setting of kafka-clients by its Kafka name, taken as it is.
 *
 * @param name one of {@link org.apache.kafka.clients.producer.ProducerConfig#configNames()}
 * @param value what Kafka can parse as that setting's type
 * @param isSecret whether Kafka takes it for a password
 */
public record KafkaProperty(String name, String value, boolean isSecret) {

    @Override
    public String toString() {
        return name + "=" + (isSecret ? "***" : value);
    }
}
