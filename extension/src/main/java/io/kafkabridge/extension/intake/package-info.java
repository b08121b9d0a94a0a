/** Where publishes enter and acknowledgements leave: the interceptors of one MQTT connection, and who may publish. */
@NullMarked
package io.kafkabridge.extension.intake;

import org.jspecify.annotations.NullMarked;
