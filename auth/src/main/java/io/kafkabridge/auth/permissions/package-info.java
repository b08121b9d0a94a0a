/** Who may publish and subscribe to what: Mosquitto's ACL file and the rules it means for one client. */
@NullMarked
package io.kafkabridge.auth.permissions;

import org.jspecify.annotations.NullMarked;
