@NullMarked
package io.kafkabridge.extension.delivery;

import org.jspecify.annotations.NullMarked;
