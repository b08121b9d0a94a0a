/** Certificates and keys that a configuration names: looked at when it is read. */
@NullMarked
package io.kafkabridge.extension.config.stores;

import org.jspecify.annotations.NullMarked;
