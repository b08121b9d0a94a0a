package io.kafkabridge.spool;

import java.io.IOException;

/** A batch wasn't appended, because one of the {@link SpoolLimits} would have been passed. */
public final class SpoolFullException extends IOException {

    SpoolFullException(final String message) {
        super(message);
    }
}
