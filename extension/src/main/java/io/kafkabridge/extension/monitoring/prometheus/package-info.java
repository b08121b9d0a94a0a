/** HiveMQ's metric registry in Prometheus's words. Reads only; isn't on the way of a message. */
@NullMarked
package io.kafkabridge.extension.monitoring.prometheus;

import org.jspecify.annotations.NullMarked;
