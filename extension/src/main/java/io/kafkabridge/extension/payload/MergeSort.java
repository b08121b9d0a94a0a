package io.kafkabridge.extension.payload;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * Sorts by a function that says only whether two items must change places, as JSONata's do: stable, as the reference sorts, and whatever
 * the function says. Java's own sort wants to hear of equal ones. For one list.
 */
final class MergeSort {

    private final Bounds bounds;
    private final BiPredicate<Object, Object> isAfter;

    /** Makes one. */
    MergeSort(final Bounds bounds, final BiPredicate<Object, Object> isAfter) {
        this.bounds = bounds;
        this.isAfter = isAfter;
    }

    /** The list, sorted in place. */
    List<Object> sort(final List<Object> list) {
        bounds.grow(list.size() * 2);
        final Object[] items = list.toArray();
        sort(items, new Object[items.length], 0, items.length);
        for (int i = 0; i < items.length; i++) {
            list.set(i, items[i]);
        }
        return list;
    }

    private void sort(final Object[] items, final Object[] spare, final int from, final int to) {
        if (to - from < 2) {
            return;
        }
        final int middle = from + (to - from) / 2;
        sort(items, spare, from, middle);
        sort(items, spare, middle, to);
        System.arraycopy(items, from, spare, from, to - from);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            bounds.step();
            final boolean takeRight = left == middle || (right < to && isAfter.test(spare[left], spare[right]));
            items[i] = takeRight ? spare[right++] : spare[left++];
        }
    }
}
