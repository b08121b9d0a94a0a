/** What the benchmarks without brokers have in common. */
@NullMarked
package io.kafkabridge.benchmark.jmh;

import org.jspecify.annotations.NullMarked;
