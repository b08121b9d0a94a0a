package io.kafkabridge.benchmark.formats.candidate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.apache.activemq.store.kahadb.disk.journal.Journal;
import org.apache.activemq.store.kahadb.disk.journal.Location;
import org.apache.activemq.util.ByteSequence;

/** The journal of ActiveMQ's KahaDB, without its index. Waiting for the last record of an append waits for all. */
final class KahaDbLog implements SpoolFormat {

    private final Journal journal = new Journal();

    KahaDbLog(Path folder) throws IOException {
        journal.setDirectory(folder.toFile());
        journal.setChecksum(true);
        journal.setCheckForCorruptionOnStartup(true);
        journal.setPreallocationScope(Journal.PreallocationScope.NONE);
        journal.start();
    }

    @Override
    public void append(List<SpoolRecord> records) throws IOException {
        int last = records.size() - 1;
        for (int i = 0; i <= last; i++) {
            journal.write(new ByteSequence(records.get(i).joined()), i == last);
        }
    }

    @Override
    public void readAll(Consumer<SpoolRecord> sink) throws IOException {
        for (Location at = journal.getNextLocation(null); at != null; at = journal.getNextLocation(at)) {
            ByteSequence read = journal.read(at);
            sink.accept(SpoolRecord.of(ByteBuffer.wrap(read.data, read.offset, read.length)));
        }
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
