package io.kafkabridge.auth.cli;

/** The command can't be carried out as it was given; the message says what to do instead. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
