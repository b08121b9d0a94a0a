/** One Kafka cluster: takes records without blocking and says when each is safe, or that it never will be. */
@NullMarked
package io.kafkabridge.extension.delivery;

import org.jspecify.annotations.NullMarked;
