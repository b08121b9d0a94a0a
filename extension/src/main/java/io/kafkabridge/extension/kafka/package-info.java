/** The room that builds Kafka clients: producers and admins, their settings, security and errors. No other room knows them. */
@NullMarked
package io.kafkabridge.extension.kafka;

import org.jspecify.annotations.NullMarked;
