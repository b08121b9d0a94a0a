package io.kafkabridge.benchmark.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * CPU time, user and system, that processes have used, as the operating system counts it (Linux: in steps of 10 ms).
 *
 * @param observedNanos of the observed processes
 * @param ownNanos of this one
 */
record CpuTime(List<Long> observedNanos, long ownNanos) {

    static CpuTime of(List<Long> pids) {
        return new CpuTime(
                pids.stream()
                        .map(pid -> ProcessHandle.of(pid).map(CpuTime::nanos).orElse(0L))
                        .toList(),
                nanos(ProcessHandle.current()));
    }

    private static long nanos(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    CpuTime minus(CpuTime before) {
        List<Long> used = new ArrayList<>();
        for (int i = 0; i < observedNanos.size(); i++) {
            used.add(observedNanos.get(i) - before.observedNanos.get(i));
        }
        return new CpuTime(used, ownNanos - before.ownNanos);
    }
}
