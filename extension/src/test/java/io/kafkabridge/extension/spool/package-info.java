@NullMarked
package io.kafkabridge.extension.spool;

import org.jspecify.annotations.NullMarked;
