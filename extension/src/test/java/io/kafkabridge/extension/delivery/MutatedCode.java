package io.kafkabridge.extension.delivery;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Iterator;
import java.util.Set;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.kafka.KafkaErrors.Kind;
import io.kafkabridge.extension.kafka.KafkaSender;
import io.kafkabridge.extension.kafka.SenderSlot;
import io.kafkabridge.extension.kafka.Submission;

/** What mutated methods do; see {@link SimulationMutationsTest}. The advices' code is copied into them. */
// Their parameters say where an advice gets its arguments from.
@SuppressWarnings({"UnusedVariable", "DoNotCallSuggester"})
public final class MutatedCode {

    private MutatedCode() {}

    /** Of another of HiveMQ's threads for each client, as it would be, though the simulation has one. */
    public static long threadId(final Thread ignored) {
        return SimulatedClient.thread();
    }

    public static boolean isConnected(final SenderSlot ignored) {
        return true;
    }

    /** Calls a private method. */
    public static void call(final Object object, final String method) {
        try {
            final Method found = object.getClass().getDeclaredMethod(method);
            found.setAccessible(true);
            found.invoke(object);
        } catch (final NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    public static boolean hasFailed(final SenderSlot slot) {
        final KafkaSender sender = slot.sender();
        return sender != null && sender.failure() != null;
    }

    /** Does nothing. */
    static final class Skip {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }

        private Skip() {}
    }

    /** Returns true. */
    static final class True {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean result) {
            result = true;
        }

        private True() {}
    }

    /** Returns false. */
    static final class False {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean result) {
            result = false;
        }

        private False() {}
    }

    /** Throws, at once. */
    static final class Throws {
        @Advice.OnMethodEnter
        static void enter() {
            throw new IllegalStateException("Fault: not caught");
        }

        private Throws() {}
    }

    /** Takes a batch mate's error for an outage. */
    static final class NeighbourIsOutage {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Kind kind) {
            if (kind == Kind.NEIGHBOUR) {
                kind = Kind.CLUSTER;
            }
        }

        private NeighbourIsOutage() {}
    }

    /** Takes a batch mate's error for its own. */
    static final class NeighbourIsBad {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Kind kind) {
            if (kind == Kind.NEIGHBOUR) {
                kind = Kind.RECORD;
            }
        }

        private NeighbourIsBad() {}
    }

    /** Stops while a topic holds up its records. */
    static final class StopsAtMissingTopic {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.FieldValue("blocked") final Set<?> blocked) {
            return !blocked.isEmpty();
        }

        private StopsAtMissingTopic() {}
    }

    /** Takes all that is there for consumed. */
    static final class AllIsConsumed {
        @Advice.OnMethodEnter
        static void enter(
                @Advice.Argument(value = 0, readOnly = false) long offset, @Advice.FieldValue("end") final long end) {
            offset = end;
        }

        private AllIsConsumed() {}
    }

    /** The first outcome counts for all. */
    static final class FirstOutcomeCounts {
        @Advice.OnMethodEnter
        static void enter(@Advice.FieldValue(value = "open", readOnly = false) int open) {
            open = 1;
        }

        private FirstOutcomeCounts() {}
    }

    /** The second argument is false. */
    static final class SecondIsFalse {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 1, readOnly = false) boolean argument) {
            argument = false;
        }

        private SecondIsFalse() {}
    }

    /** Tells a record that it is rejected. */
    static final class RejectedAtOnce {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(0) final Submission record, @Advice.Argument(1) final Exception reason) {
            record.rejected(reason);
        }

        private RejectedAtOnce() {}
    }

    /** Its record is done. */
    static final class ArgumentIsDone {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(0) final Submission record) {
            call(record, "done");
        }

        private ArgumentIsDone() {}
    }

    /** Reads the spool from its beginning when the producer has failed. */
    static final class BeginsAgain {
        @Advice.OnMethodEnter
        static boolean enter(@Advice.FieldValue("slot") final SenderSlot slot) {
            return hasFailed(slot);
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.Enter final boolean failed,
                @Advice.FieldValue(value = "reader", readOnly = false)
                        io.kafkabridge.spool.@Nullable SpoolReader reader,
                @Advice.FieldValue(value = "batch", readOnly = false) Iterator<?> batch) {
            if (failed) {
                reader = null;
                batch = Collections.emptyIterator();
            }
        }

        private BeginsAgain() {}
    }
}
