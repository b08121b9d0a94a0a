/**
 * {@code ./demo}: the whole pipeline on this machine. Starts both brokers with TLS and passwords, then publisher and consumer as
 * a user would, and shows what they say.
 */
@NullMarked
package io.kafkabridge.stack.demo;

import org.jspecify.annotations.NullMarked;
