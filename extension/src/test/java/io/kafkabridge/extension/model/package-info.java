@NullMarked
package io.kafkabridge.extension.model;

import org.jspecify.annotations.NullMarked;
