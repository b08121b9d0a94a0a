/** A HiveMQ extension that lets every client in, for tests on loopback; it runs inside HiveMQ, never in our JVM. */
@NullMarked
package io.kafkabridge.stack.allowall;

import org.jspecify.annotations.NullMarked;
