@NullMarked
package io.kafkabridge.extension.intake;

import org.jspecify.annotations.NullMarked;
