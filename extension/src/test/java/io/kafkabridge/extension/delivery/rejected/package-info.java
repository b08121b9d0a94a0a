@NullMarked
package io.kafkabridge.extension.delivery.rejected;

import org.jspecify.annotations.NullMarked;
