@NullMarked
package io.kafkabridge.extension.record;

import org.jspecify.annotations.NullMarked;
