package io.kafkabridge.extension.record;

/** No record can be made of a publish. Its message says why, for a person. Without a stack trace: floods must stay cheap. */
final class UnfitException extends Exception {

    private static final long serialVersionUID = 1L;

    UnfitException(final String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
