/** Kafka records on the local disk, first in, first out: safe through a crash, in Kafka's own log format. */
@NullMarked
package io.kafkabridge.spool;

import org.jspecify.annotations.NullMarked;
