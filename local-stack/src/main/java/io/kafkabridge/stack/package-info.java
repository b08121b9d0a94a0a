/**
 * The real HiveMQ CE and the real Apache Kafka as child processes, for the demo, the tests and the benchmark: start, kill,
 * pause and restart them as an operator or an accident would.
 */
@NullMarked
package io.kafkabridge.stack;

import org.jspecify.annotations.NullMarked;
