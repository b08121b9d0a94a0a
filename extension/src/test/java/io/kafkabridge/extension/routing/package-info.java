@NullMarked
package io.kafkabridge.extension.routing;

import org.jspecify.annotations.NullMarked;
