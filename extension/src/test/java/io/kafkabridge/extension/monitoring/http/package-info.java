@NullMarked
package io.kafkabridge.extension.monitoring.http;

import org.jspecify.annotations.NullMarked;
