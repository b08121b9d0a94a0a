@NullMarked
package io.kafkabridge.extension;

import org.jspecify.annotations.NullMarked;
