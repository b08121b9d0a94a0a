/** Through the spool: written while the cluster takes nothing, drained when it does again. */
@NullMarked
package io.kafkabridge.extension.delivery.spooled;

import org.jspecify.annotations.NullMarked;
