@NullMarked
package io.kafkabridge.extension.config;

import org.jspecify.annotations.NullMarked;
