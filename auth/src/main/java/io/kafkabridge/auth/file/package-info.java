/** Text files that people edit while the broker runs: reading, watching, and telling what is wrong in them. */
@NullMarked
package io.kafkabridge.auth.file;

import org.jspecify.annotations.NullMarked;
