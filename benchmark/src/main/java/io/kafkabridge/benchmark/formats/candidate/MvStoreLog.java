package io.kafkabridge.benchmark.formats.candidate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;

/** H2's storage engine: a map from number to record, one commit for an append. */
final class MvStoreLog implements SpoolFormat {

    private final MVStore store;
    private final MVMap<Long, byte[]> records;

    MvStoreLog(Path folder) throws IOException {
        try {
            store = new MVStore.Builder()
                    .fileName(folder.resolve("spool.mv.db").toString())
                    .autoCommitDisabled()
                    .open();
            records = store.openMap(
                    "spool",
                    new MVMap.Builder<Long, byte[]>()
                            .keyType(LongDataType.INSTANCE)
                            .valueType(ByteArrayDataType.INSTANCE));
        } catch (MVStoreException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void append(List<SpoolRecord> added) {
        long next = records.sizeAsLong();
        for (SpoolRecord record : added) {
            records.append(next++, record.joined());
        }
        store.commit();
        store.sync();
    }

    @Override
    public void readAll(Consumer<SpoolRecord> sink) throws IOException {
        try {
            Cursor<Long, byte[]> cursor = records.cursor(null);
            while (cursor.hasNext()) {
                cursor.next();
                sink.accept(SpoolRecord.of(ByteBuffer.wrap(cursor.getValue())));
            }
        } catch (MVStoreException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
