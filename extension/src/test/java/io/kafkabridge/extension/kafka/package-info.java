@NullMarked
package io.kafkabridge.extension.kafka;

import org.jspecify.annotations.NullMarked;
