@NullMarked
package io.kafkabridge.spool;

import org.jspecify.annotations.NullMarked;
