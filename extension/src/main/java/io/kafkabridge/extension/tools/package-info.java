/** Commands for the operator, run with the extension's own jar; no part of the way of a message. */
@NullMarked
package io.kafkabridge.extension.tools;

import org.jspecify.annotations.NullMarked;
