package io.kafkabridge.auth.permissions;

import java.util.Locale;
import java.util.Optional;

/** What a line of the permissions file says about its topics, in the words of Mosquitto's ACL file. */
public enum Access {
    /** Subscribe. */
    READ,
    /** Publish. */
    WRITE,
    /** Both. */
    READWRITE,
    /** Neither, whatever other lines say. */
    DENY;

    static Optional<Access> of(String word) {
        for (Access access : values()) {
            if (access.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(access);
            }
        }
        return Optional.empty();
    }
}
