/** The HiveMQ extension: lets clients in by the users file and gives them the permissions of the permissions file. */
@NullMarked
package io.kafkabridge.auth;

import org.jspecify.annotations.NullMarked;
