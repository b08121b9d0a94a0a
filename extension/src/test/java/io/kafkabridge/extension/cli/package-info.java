@NullMarked
package io.kafkabridge.extension.cli;

import org.jspecify.annotations.NullMarked;
