package io.kafkabridge.extension.delivery;

import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Why a cluster takes no records, as well as it is known. For the delivery's thread. */
final class OutageCause {

    private @Nullable Exception cause;

    /** Notes an error, unless a better one is known: a wrong password shows once, then hides behind time-outs. */
    void note(final Exception error) {
        if (cause == null || says(error)) {
            cause = error;
        }
    }

    void clear() {
        cause = null;
    }

    @Nullable
    Exception get() {
        return cause;
    }

    /** Whether an error says more than that time has passed. */
    static boolean says(final Exception error) {
        return error.getCause() != null || !(error instanceof TimeoutException);
    }
}
