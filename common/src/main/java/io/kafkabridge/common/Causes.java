package io.kafkabridge.common;

import org.jspecify.annotations.Nullable;

/** The chain of causes of an exception. */
public final class Causes {
    private Causes() {}

    /** The first exception of the type, starting with the failure itself; null when there is none. */
    public static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
