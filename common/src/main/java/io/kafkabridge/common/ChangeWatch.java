package io.kafkabridge.common;

import org.jspecify.annotations.Nullable;

/**
 * Tells when something that is looked at again and again has changed and come to rest. For files: compare what they say, their
 * bytes or a {@link Fingerprint}, and not their times. File events and times miss changes of bind mounts, of Kubernetes'
 * symbolic links, and of copies that keep their time; and a file that is just being written is not to be read.
 *
 * <p>Call {@link #took} with what was seen <em>before</em> the content was read. Then a change during the reading is noticed by the
 * next looks. For one thread.
 *
 * @param <V> what is seen; compared with {@code equals}
 */
public final class ChangeWatch<V> {

    private @Nullable V taken;
    private @Nullable V seen;

    /** What is in force now was read when it looked like this. */
    public void took(final V version) {
        taken = version;
        seen = version;
    }

    /** Whether this is another version than the one that was taken. */
    public boolean differs(final V now) {
        return !now.equals(taken);
    }

    /** Whether this is another version than the one that was taken, and the same as at the look before. */
    public boolean hasSettled(final V now) {
        final boolean rests = now.equals(seen);
        seen = now;
        return rests && differs(now);
    }
}
