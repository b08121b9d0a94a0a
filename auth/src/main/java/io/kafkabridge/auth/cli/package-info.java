/** The command line tool that edits the users file. Runs outside HiveMQ: touches neither its SDK nor slf4j. */
@NullMarked
package io.kafkabridge.auth.cli;

import org.jspecify.annotations.NullMarked;
