/** The command line publisher: sends messages to an MQTT broker and says which ones were acknowledged. */
@NullMarked
package io.kafkabridge.publisher;

import org.jspecify.annotations.NullMarked;
