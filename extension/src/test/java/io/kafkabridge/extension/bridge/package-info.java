@NullMarked
package io.kafkabridge.extension.bridge;

import org.jspecify.annotations.NullMarked;
