@NullMarked
package io.kafkabridge.common;

import org.jspecify.annotations.NullMarked;
