package io.kafkabridge.extension.delivery.rejected;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A disk whose files fail when they are told to, and that knows what a power loss would leave: the contents that were forced, of
 * files and folders whose names were synced.
 */
final class FaultyFiles implements RejectedFile.Disk {

    /** What can go wrong. */
    enum Fault {
        OPEN,
        /** Half of a write, the disk is full then. */
        WRITE_HALF,
        /** The first write gets through, the second doesn't. */
        WRITE_LATER,
        WRITE_NOTHING,
        /** Each write takes some bytes only; no failure. */
        WRITE_SHORT,
        FORCE,
        TRUNCATE,
        SYNC
    }

    final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    private final Set<Path> durableNames = new HashSet<>();
    private final Map<Path, byte[]> durableContents = new HashMap<>();

    @Override
    public FileChannel open(final Path file) throws IOException {
        check(Fault.OPEN);
        return new FaultyChannel(RejectedFile.Disk.REAL.open(file), file);
    }

    @Override
    public void makeFolder(final Path folder) throws IOException {
        Files.createDirectories(folder); // Not durable: that is to be asked for.
    }

    @Override
    public void sync(final Path folder) throws IOException {
        check(Fault.SYNC);
        durableNames.removeIf(name -> folder.equals(name.getParent()));
        try (Stream<Path> names = Files.list(folder)) {
            names.forEach(durableNames::add);
        }
    }

    private void check(final Fault fault) throws IOException {
        if (faults.contains(fault)) {
            throw new IOException("Fault: " + fault);
        }
    }

    /** Makes of a folder what the power loss leaves of it, somewhere else. */
    void losePower(final Path folder, final Path left) throws IOException {
        Files.createDirectories(left);
        final List<Path> names = new ArrayList<>(durableNames);
        for (final Path name : names) {
            if (folder.equals(name.getParent()) && Files.exists(name)) {
                final Path target = left.resolve(name.getFileName());
                if (Files.isDirectory(name)) {
                    losePower(name, target);
                } else {
                    Files.write(target, durableContents.getOrDefault(name, new byte[0]));
                }
            }
        }
    }

    private final class FaultyChannel extends FileChannel {

        private final FileChannel file;
        private final Path path;
        private int writes;

        FaultyChannel(final FileChannel file, final Path path) {
            this.file = file;
            this.path = path;
        }

        @Override
        public int read(final ByteBuffer target, final long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public int write(final ByteBuffer source, final long position) throws IOException {
            writes++;
            if (faults.contains(Fault.WRITE_NOTHING)) {
                return 0;
            }
            if (faults.contains(Fault.WRITE_HALF) || (faults.contains(Fault.WRITE_LATER) && writes > 1)) {
                file.write(source.slice(source.position(), source.remaining() / 2), position);
                throw new IOException("No space left on device");
            }
            if (faults.contains(Fault.WRITE_SHORT)) {
                final int some = Math.min(7, source.remaining());
                final int taken = file.write(source.slice(source.position(), some), position);
                source.position(source.position() + taken);
                return taken;
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
            file.force(metaData);
            durableContents.put(path, Files.readAllBytes(path));
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileLock lock(final long position, final long size, final boolean shared) throws IOException {
            return file.lock(position, size, shared);
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
        public @Nullable FileLock tryLock(final long position, final long size, final boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
