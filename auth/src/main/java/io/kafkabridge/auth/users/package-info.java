/** Who may log in: the htpasswd file, and checking passwords against it with bounded work. */
@NullMarked
package io.kafkabridge.auth.users;

import org.jspecify.annotations.NullMarked;
