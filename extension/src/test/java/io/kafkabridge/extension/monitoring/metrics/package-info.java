/** Tests of the package. */
@NullMarked
package io.kafkabridge.extension.monitoring.metrics;

import org.jspecify.annotations.NullMarked;
