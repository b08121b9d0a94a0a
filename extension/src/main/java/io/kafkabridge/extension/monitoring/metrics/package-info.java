/** Counters in HiveMQ's metric registry. Shows the way of a message, isn't on it. */
@NullMarked
package io.kafkabridge.extension.monitoring.metrics;

import org.jspecify.annotations.NullMarked;
