/** Tiny HiveMQ extensions to compare with. They run inside HiveMQ: only the SDK, the JDK and kafka-clients. */
@NullMarked
package io.kafkabridge.benchmark.extension;

import org.jspecify.annotations.NullMarked;
