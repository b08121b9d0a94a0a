package io.kafkabridge.extension.model;

/**
 * How Kafka topics are created that don't exist. Without it, that is left to the Kafka brokers
 * ({@code auto.create.topics.enable}).
 *
 * @param partitions the number of partitions, at least 1; -1 for the brokers' default
 * @param replicationFactor the number of replicas of each, at least 1; -1 for the brokers' default
 */
public record TopicCreation(int partitions, short replicationFactor) {}
