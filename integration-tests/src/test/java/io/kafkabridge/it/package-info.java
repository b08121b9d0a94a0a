/** Black-box tests: the zips in a real HiveMQ CE, a real Kafka behind it, and what is in Kafka in the end. */
@NullMarked
package io.kafkabridge.it;

import org.jspecify.annotations.NullMarked;
