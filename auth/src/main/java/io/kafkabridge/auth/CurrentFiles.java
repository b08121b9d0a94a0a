package io.kafkabridge.auth;

import java.util.Optional;
import java.util.function.Supplier;

import io.kafkabridge.auth.permissions.Acl;
import io.kafkabridge.auth.users.BcryptHash;
import io.kafkabridge.auth.users.Users;

/**
 * The versions of the two files that are in force, each asked for at the moment when it counts. Thread safe if the suppliers
 * are.
 *
 * @param users the users; empty as long as that file was never right
 * @param acl the permissions; empty as long as that file was never right
 */
record CurrentFiles(Supplier<Optional<Users>> users, Supplier<Optional<Acl>> acl) {

    /** Whether a user still has the password that was checked against this hash. */
    boolean stillHas(final String user, final BcryptHash hash) {
        return users.get().flatMap(known -> known.hash(user)).equals(Optional.of(hash));
    }
}
