package io.kafkabridge.benchmark.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.kafkabridge.benchmark.formats.candidate.Candidate;
import io.kafkabridge.benchmark.formats.candidate.SpoolFormat;
import io.kafkabridge.benchmark.load.ChildJvm;

/** A process with a small heap that writes or reads a large folder. Exit code 0 when all went well. */
final class SmallHeapMain {

    private static final int BATCH = 2_000;

    private SmallHeapMain() {}

    /**
     * The smallest of some heaps in which a process can read back what another one wrote.
     *
     * @return megabytes, or 0 if none of them is enough
     */
    static int smallestHeap(Candidate candidate, Path folder, long records, List<Integer> heaps)
            throws IOException, InterruptedException {
        Folders.fresh(folder);
        try {
            int largest = heaps.get(heaps.size() - 1);
            if (!run("write", candidate, folder, records, largest)) {
                return 0;
            }
            for (int heap : heaps) {
                if (run("read", candidate, folder, records, heap)) {
                    return heap;
                }
            }
            return 0;
        } finally {
            Folders.delete(folder);
        }
    }

    private static boolean run(String what, Candidate candidate, Path folder, long records, int heap)
            throws IOException, InterruptedException {
        List<String> options = List.of("-Xmx" + heap + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
        List<String> arguments = List.of(what, candidate.name(), folder.toString(), Long.toString(records));
        Process process = new ProcessBuilder(ChildJvm.command(SmallHeapMain.class, options, arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    public static void main(String[] args) throws IOException {
        Candidate candidate = Candidate.valueOf(args[1]);
        long records = Long.parseLong(args[3]);
        Sample sample = new Sample();
        Readback readback = new Readback(sample);
        try (SpoolFormat format = candidate.open(Path.of(args[2]))) {
            if (args[0].equals("read")) {
                format.readAll(readback);
            } else {
                for (long done = 0; done < records; done += BATCH) {
                    format.append(sample.next(BATCH));
                }
            }
        }
        boolean wrong = args[0].equals("read") && (readback.right() != records || !readback.withoutGap());
        System.exit(wrong ? 1 : 0);
    }
}
