/** Topic name to the mappings whose topic filters match. */
@NullMarked
package io.kafkabridge.extension.routing;

import org.jspecify.annotations.NullMarked;
