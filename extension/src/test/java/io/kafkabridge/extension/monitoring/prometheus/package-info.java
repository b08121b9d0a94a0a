@NullMarked
package io.kafkabridge.extension.monitoring.prometheus;

import org.jspecify.annotations.NullMarked;
