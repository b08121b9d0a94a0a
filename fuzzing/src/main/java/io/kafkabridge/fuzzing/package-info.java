/** What the fuzz tests of the modules share. */
@NullMarked
package io.kafkabridge.fuzzing;

import org.jspecify.annotations.NullMarked;
