/** What it costs to find the mappings of a topic: {@code ./bench routing}. */
@NullMarked
package io.kafkabridge.benchmark.routing;

import org.jspecify.annotations.NullMarked;
