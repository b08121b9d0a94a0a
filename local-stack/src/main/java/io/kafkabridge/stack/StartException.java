package io.kafkabridge.stack;

/** A process of the local stack didn't start or didn't answer in time; the message says which and ends with its log's tail. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StartException(String message) {
        super(message);
    }
}
