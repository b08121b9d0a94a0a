@NullMarked
package io.kafkabridge.extension.rejected;

import org.jspecify.annotations.NullMarked;
