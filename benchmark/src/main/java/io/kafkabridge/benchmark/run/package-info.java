/** What is measured and in which turn. */
@NullMarked
package io.kafkabridge.benchmark.run;

import org.jspecify.annotations.NullMarked;
