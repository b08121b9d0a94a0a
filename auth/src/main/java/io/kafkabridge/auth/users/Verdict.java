package io.kafkabridge.auth.users;

/** What became of checking a password. */
public enum Verdict {
    /** The password is right. */
    ACCEPTED,
    /** The password is wrong. */
    REFUSED,
    /** Too many passwords are waiting to be checked: nobody looked at this one. */
    BUSY
}
