package io.kafkabridge.benchmark.drain;

import java.util.ArrayList;
import java.util.List;

/** How fast records come, from looks at how many there are. Times are those of {@link System#nanoTime}. */
final class DrainRate {

    private record Look(long time, long records) {}

    private final List<Look> looks = new ArrayList<>();

    void add(long time, long records) {
        looks.add(new Look(time, records));
    }

    /** Forgets the latest look: it may have seen records that came another way. */
    void removeLatest() {
        if (!looks.isEmpty()) {
            looks.remove(looks.size() - 1);
        }
    }

    /** Records for each second, between the first look and the latest; 0 with less than two. */
    double perSecond() {
        if (looks.size() < 2) {
            return 0;
        }
        Look first = looks.get(0);
        Look latest = looks.get(looks.size() - 1);
        return (latest.records - first.records) / ((latest.time - first.time) / 1e9);
    }
}
