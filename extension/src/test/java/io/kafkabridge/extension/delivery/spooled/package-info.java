@NullMarked
package io.kafkabridge.extension.delivery.spooled;

import org.jspecify.annotations.NullMarked;
