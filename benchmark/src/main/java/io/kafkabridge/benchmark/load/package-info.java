/** The load generator, a process of its own: MQTT clients that publish as fast as their window allows, and what they saw. */
@NullMarked
package io.kafkabridge.benchmark.load;

import org.jspecify.annotations.NullMarked;
