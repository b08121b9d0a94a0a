package io.kafkabridge.extension.delivery.spooled;

import io.kafkabridge.spool.Spool;

/** A record that the spool is to keep. For the writer's thread. */
public interface Spoolable {

    /** What the spool keeps of it. */
    Spool.Entry toEntry();

    /** Bytes of heap that it takes, about. */
    long size();

    /** Whether it may still be stored: false once an earlier publish of its connection has failed, which comes again. */
    boolean isWanted();

    /** Whether it can't be given up: nobody would send it again. */
    boolean isKept();

    /** The spool has it, fsynced. Throws nothing. */
    void spooled();

    /** Gives it up. Throws nothing. */
    void fail(Exception cause);
}
