@NullMarked
package io.kafkabridge.extension.prometheus;

import org.jspecify.annotations.NullMarked;
