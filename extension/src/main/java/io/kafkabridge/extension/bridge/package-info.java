/** The HiveMQ extension: the one class that touches {@code Services}, and what it builds. */
@NullMarked
package io.kafkabridge.extension.bridge;

import org.jspecify.annotations.NullMarked;
