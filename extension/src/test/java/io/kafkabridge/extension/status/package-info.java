/** Tests of the package. */
@NullMarked
package io.kafkabridge.extension.status;

import org.jspecify.annotations.NullMarked;
