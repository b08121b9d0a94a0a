/** Publish and mapping to a Kafka record. */
@NullMarked
package io.kafkabridge.extension.record;

import org.jspecify.annotations.NullMarked;
