@NullMarked
package io.kafkabridge.consumer;

import org.jspecify.annotations.NullMarked;
