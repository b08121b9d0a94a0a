/** The monitoring server: what machines and people see of the bridge over HTTP. Reads only; isn't on the way of a message. */
@NullMarked
package io.kafkabridge.extension.monitoring.http;

import org.jspecify.annotations.NullMarked;
