/** How the bridge gets through an outage of Kafka under full load, and out of it. */
@NullMarked
package io.kafkabridge.benchmark.drain;

import org.jspecify.annotations.NullMarked;
