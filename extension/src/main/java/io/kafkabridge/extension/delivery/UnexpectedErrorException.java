package io.kafkabridge.extension.delivery;

/**
 * Why a publish is kept although nothing is wrong with it: an error of the bridge's own. Names the error's class only, since the
 * message of an error may quote a payload; the log has its stack trace. Without one itself: a payload may cause a flood of them.
 */
public final class UnexpectedErrorException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param error what was thrown
     */
    public UnexpectedErrorException(final Throwable error) {
        super(
                "an unexpected error in the bridge, " + error.getClass().getSimpleName() + "; HiveMQ's log says more",
                null,
                false,
                false);
    }
}
