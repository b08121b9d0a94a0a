@NullMarked
package io.kafkabridge.cli;

import org.jspecify.annotations.NullMarked;
