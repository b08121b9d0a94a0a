/** Records that Kafka won't take, on the disk: the bridge keeps them, an operator looks at them and sends them again. */
@NullMarked
package io.kafkabridge.extension.delivery.rejected;

import org.jspecify.annotations.NullMarked;
