/** What both command line tools share: settings from flags, environment and .env, and failures as one line. */
@NullMarked
package io.kafkabridge.common;

import org.jspecify.annotations.NullMarked;
