/** Ways from MQTT to Kafka outside the broker, each a process of its own. */
@NullMarked
package io.kafkabridge.benchmark.forwarder;

import org.jspecify.annotations.NullMarked;
