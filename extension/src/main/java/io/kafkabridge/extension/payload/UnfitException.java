package io.kafkabridge.extension.payload;

/** No record can be made of a publish. Its message says why, for a person. Without a stack trace: floods must stay cheap. */
public final class UnfitException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says why. */
    public UnfitException(final String reason) {
        super(reason, null, false, false);
    }

    /** Why, for a person. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
