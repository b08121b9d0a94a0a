@NullMarked
package io.kafkabridge.extension.payload;

import org.jspecify.annotations.NullMarked;
