/** Times how the bridge makes records: {@code ./bench records}. */
@NullMarked
package io.kafkabridge.benchmark.records;

import org.jspecify.annotations.NullMarked;
