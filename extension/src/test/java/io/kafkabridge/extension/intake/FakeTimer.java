package io.kafkabridge.extension.intake;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A timer with a clock of its own, which stands still until it is told to go on. Runs its tasks on the caller's thread. */
public final class FakeTimer extends AbstractExecutorService implements ScheduledExecutorService {

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long now;
    private long number;

    private final class Task extends FutureTask<Void> implements RunnableScheduledFuture<Void> {
        private final long due;
        private final long order = number++;

        Task(final Runnable action, final long due) {
            super(action, null);
            this.due = due;
        }

        @Override
        public long getDelay(final TimeUnit unit) {
            return unit.convert(due - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(final Delayed other) {
            final Task task = (Task) other;
            return due == task.due ? Long.compare(order, task.order) : Long.compare(due, task.due);
        }

        @Override
        public boolean equals(final Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public boolean isPeriodic() {
            return false;
        }

        @Override
        public boolean cancel(final boolean mayInterrupt) {
            tasks.remove(this);
            return super.cancel(mayInterrupt);
        }
    }

    /** The time, in nanoseconds. */
    public long nanoTime() {
        return now;
    }

    /** How many tasks wait. */
    public int size() {
        return tasks.size();
    }

    /** Lets time pass; what comes due runs at its time. */
    public void advance(final Duration duration) {
        final long end = now + duration.toNanos();
        while (!tasks.isEmpty() && tasks.element().due <= end) {
            final Task task = tasks.remove();
            now = Math.max(now, task.due);
            task.run();
        }
        now = end;
    }

    @Override
    public ScheduledFuture<?> schedule(final Runnable action, final long delay, final TimeUnit unit) {
        final Task task = new Task(action, now + Math.max(0, unit.toNanos(delay)));
        tasks.add(task);
        return task;
    }

    @Override
    public void execute(final Runnable action) {
        schedule(action, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(final Callable<V> action, final long delay, final TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
            final Runnable action, final long initialDelay, final long period, final TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
            final Runnable action, final long initialDelay, final long delay, final TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        tasks.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        tasks.clear();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(final long timeout, final TimeUnit unit) {
        return true;
    }
}
