package io.kafkabridge.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** A disk whose files fail when they are told to. */
final class FaultyDisk implements Disk {

    /** What can go wrong. */
    enum Fault {
        OPEN,
        WRITE,
        WRITE_HALF,
        WRITE_NOTHING,
        FORCE,
        TRUNCATE,
        READ
    }

    final Set<Fault> faults = EnumSet.noneOf(Fault.class);

    private final boolean syncs;

    FaultyDisk() {
        this(true);
    }

    /** A disk that may leave what is to be durable to the operating system, which is quick. */
    FaultyDisk(final boolean syncs) {
        this.syncs = syncs;
    }

    @Override
    public void sync(final Path folder) throws IOException {
        if (syncs) {
            Disk.super.sync(folder);
        }
    }

    @Override
    public FileChannel open(final Path path, final OpenOption... options) throws IOException {
        check(Fault.OPEN);
        return new FaultyChannel(FileChannel.open(path, options));
    }

    private void check(final Fault fault) throws IOException {
        if (faults.contains(fault)) {
            throw new IOException("Fault: " + fault);
        }
    }

    private final class FaultyChannel extends FileChannel {

        private final FileChannel file;

        FaultyChannel(final FileChannel file) {
            this.file = file;
        }

        @Override
        public int read(final ByteBuffer target, final long position) throws IOException {
            check(Fault.READ);
            return file.read(target, position);
        }

        @Override
        public int write(final ByteBuffer source, final long position) throws IOException {
            check(Fault.WRITE);
            if (faults.contains(Fault.WRITE_NOTHING)) {
                return 0;
            }
            if (faults.contains(Fault.WRITE_HALF)) {
                file.write(source.slice(source.position(), source.remaining() / 2), position);
                throw new IOException("No space left on device");
            }
            return file.write(source, position);
        }

        @Override
        public FileChannel truncate(final long size) throws IOException {
            check(Fault.TRUNCATE);
            file.truncate(size);
            return this;
        }

        @Override
        public void force(final boolean metaData) throws IOException {
            check(Fault.FORCE);
            if (syncs) {
                file.force(metaData);
            }
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }

        @Override
        public int read(final ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(final ByteBuffer[] targets, final int offset, final int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(final ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(final ByteBuffer[] sources, final int offset, final int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(final long newPosition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long size() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(final long position, final long count, final WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(final ReadableByteChannel source, final long position, final long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(final MapMode mode, final long position, final long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(final long position, final long size, final boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(final long position, final long size, final boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
