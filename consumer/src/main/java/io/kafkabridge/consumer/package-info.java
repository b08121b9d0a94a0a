/** The command line consumer: prints the records of Kafka topics. */
@NullMarked
package io.kafkabridge.consumer;

import org.jspecify.annotations.NullMarked;
