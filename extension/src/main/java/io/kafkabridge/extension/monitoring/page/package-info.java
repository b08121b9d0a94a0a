/** The status page: what it shows, made of what the bridge knows about itself, and the handlers that serve it. */
@NullMarked
package io.kafkabridge.extension.monitoring.page;

import org.jspecify.annotations.NullMarked;
