@NullMarked
package io.kafkabridge.extension.monitoring.page;

import org.jspecify.annotations.NullMarked;
