/** Reads {@code config.xml} into a tree of checked records: nothing downstream checks again. */
@NullMarked
package io.kafkabridge.extension.config;

import org.jspecify.annotations.NullMarked;
