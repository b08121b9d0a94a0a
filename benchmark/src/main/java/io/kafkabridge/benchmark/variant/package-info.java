/** The ways from MQTT to Kafka that are compared, each ready to be loaded. */
@NullMarked
package io.kafkabridge.benchmark.variant;

import org.jspecify.annotations.NullMarked;
