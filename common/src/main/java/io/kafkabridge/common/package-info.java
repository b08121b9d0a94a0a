/**
 * What the modules share, each once: text and units, secrets, topic filters, watched files, log lines with a limit; and what a
 * command needs: settings from flags, environment and .env, a manual page, completion, failures as one line. Logs nothing by itself.
 */
@NullMarked
package io.kafkabridge.common;

import org.jspecify.annotations.NullMarked;
