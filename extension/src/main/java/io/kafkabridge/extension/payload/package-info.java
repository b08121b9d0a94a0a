/** What bytes mean: JSON, and the JSONata that reshapes it; the bounds of both. Knows neither MQTT nor Kafka. */
@NullMarked
package io.kafkabridge.extension.payload;

import org.jspecify.annotations.NullMarked;
