@NullMarked
package io.kafkabridge.publisher;

import org.jspecify.annotations.NullMarked;
