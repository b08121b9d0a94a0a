package io.kafkabridge.stack.demo;

/** The demo can't go on; the message tells the user what to do. */
final class DemoException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DemoException(String message) {
        super(message);
    }
}
