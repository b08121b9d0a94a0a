package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

import io.kafkabridge.spool.Disk;

/**
 * A disk in memory that fails when it is told to, and loses power: then what was written without {@code force}, and what
 * happened in a folder without {@code sync}, is there, or not, or in part. For one thread.
 */
final class SimulatedDisk implements Disk {

    /** What can go wrong. */
    enum Fault {
        WRITE,
        SHORT_WRITE,
        FORCE,
        SYNC,
        REPLACE,
        FULL
    }

    /** A file: what a reader sees, and what outlasts a power loss. */
    private static final class Content {
        private byte[] now = new byte[0];
        private byte[] durable = new byte[0];
    }

    final Set<Fault> faults = EnumSet.noneOf(Fault.class);

    /** May throw what nobody expects of a disk. */
    Runnable unexpected = () -> {};

    /** Another one whenever that changes which a power loss leaves. */
    long version;

    private final Random random;
    private final LongSupplier clock;
    private Map<Path, Content> files = new TreeMap<>();
    private Map<Path, Content> durableFiles = new TreeMap<>();

    SimulatedDisk(final Random random, final LongSupplier clock) {
        this.random = random;
        this.clock = clock;
    }

    /** The power is lost, and comes back. */
    void losePower() {
        final Map<Path, Content> after = new TreeMap<>(durableFiles);
        // Each change of a folder that wasn't synced may have reached the disk, or not.
        files.forEach((path, content) -> {
            if (durableFiles.get(path) != content && random.nextBoolean()) {
                after.put(path, content);
            }
        });
        durableFiles.keySet().stream()
                .filter(path -> !files.containsKey(path) && random.nextBoolean())
                .forEach(after::remove);
        files = new TreeMap<>();
        after.forEach((path, content) -> files.put(path, survivor(content)));
        durableFiles = new TreeMap<>(files);
        version++;
    }

    /** What is certain to be there after a power loss, and nothing else. */
    SimulatedDisk afterPowerLoss() {
        final SimulatedDisk after = new SimulatedDisk(random, clock);
        durableFiles.forEach((path, content) -> {
            final Content copy = new Content();
            copy.now = content.durable;
            copy.durable = content.durable;
            after.files.put(path, copy);
        });
        after.durableFiles = new TreeMap<>(after.files);
        return after;
    }

    private Content survivor(final Content before) {
        final Content after = new Content();
        after.now = switch (random.nextInt(4)) {
            case 0 -> before.now;
            case 1 -> before.durable;
            case 2 ->
                Arrays.copyOf(
                        before.now,
                        Math.max(
                                before.durable.length,
                                (before.durable.length + before.now.length) / 2)); // Half of what wasn't forced.
            default -> lateBlocks(before);
        };
        // What was forced is there in any case.
        System.arraycopy(before.durable, 0, after.now, 0, Math.min(before.durable.length, after.now.length));
        after.durable = after.now;
        return after;
    }

    /** The file has its size, but the last blocks came first: before them are zeros. */
    private byte[] lateBlocks(final Content before) {
        final byte[] bytes = before.now.clone();
        final int from = Math.min(before.durable.length, bytes.length);
        Arrays.fill(bytes, from, from + (bytes.length - from) / 2, (byte) 0);
        return bytes;
    }

    private void check(final Fault fault) throws IOException {
        if (faults.contains(fault)) {
            throw new IOException("Fault: " + fault);
        }
        unexpected.run();
    }

    private Content content(final Path path) throws NoSuchFileException {
        final Content content = files.get(path);
        if (content == null) {
            throw new NoSuchFileException(path.toString());
        }
        return content;
    }

    @Override
    public FileChannel open(final Path path, final OpenOption... options) throws IOException {
        final List<OpenOption> all = List.of(options);
        if (all.contains(StandardOpenOption.CREATE_NEW) && files.containsKey(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (all.contains(StandardOpenOption.CREATE) || all.contains(StandardOpenOption.CREATE_NEW)) {
            files.computeIfAbsent(path, name -> new Content());
        }
        final Content content = content(path);
        if (all.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            content.now = new byte[0];
        }
        return new Channel(content);
    }

    @Override
    public List<Path> files(final Path folder) {
        return files.keySet().stream()
                .filter(file -> folder.equals(file.getParent()))
                .toList();
    }

    @Override
    public long size(final Path file) throws IOException {
        return content(file).now.length;
    }

    @Override
    public String read(final Path file) throws IOException {
        return new String(content(file).now, StandardCharsets.UTF_8);
    }

    @Override
    public Duration age(final Path file) {
        return Duration.ZERO;
    }

    @Override
    public void delete(final Path file) {
        files.remove(file);
    }

    @Override
    public void replace(final Path file, final Path target) throws IOException {
        check(Fault.REPLACE);
        files.put(target, content(file));
        files.remove(file);
    }

    @Override
    public void move(final Path file, final Path target) throws IOException {
        if (files.containsKey(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        replace(file, target);
    }

    /** Folders are always there: that they are made durably is tested with the real disk. */
    @Override
    public void createFolder(final Path folder) {}

    @Override
    public void sync(final Path folder) throws IOException {
        check(Fault.SYNC);
        version++;
        durableFiles.keySet().removeIf(path -> folder.equals(path.getParent()) && !files.containsKey(path));
        files.forEach((path, content) -> {
            if (folder.equals(path.getParent())) {
                durableFiles.put(path, content);
            }
        });
    }

    @Override
    public long nanoTime() {
        return clock.getAsLong();
    }

    @Override
    public long usable(final Path folder) {
        return faults.contains(Fault.FULL) ? 0 : Long.MAX_VALUE / 2;
    }

    /** An open file. */
    private final class Channel extends FileChannel {

        private final Content file;

        Channel(final Content file) {
            this.file = file;
        }

        @Override
        public int read(final ByteBuffer target, final long position) {
            if (position >= file.now.length) {
                return -1;
            }
            final int length = (int) Math.min(target.remaining(), file.now.length - position);
            target.put(file.now, (int) position, length);
            return length;
        }

        @Override
        public int write(final ByteBuffer source, final long position) throws IOException {
            check(Fault.WRITE);
            final boolean isShort = faults.contains(Fault.SHORT_WRITE);
            final int length = isShort ? source.remaining() / 2 : source.remaining();
            final int end = (int) position + length;
            if (end > file.now.length) {
                file.now = Arrays.copyOf(file.now, end);
            } else {
                file.now = file.now.clone(); // The durable bytes may be the same array.
            }
            source.get(file.now, (int) position, length);
            if (isShort) {
                throw new IOException("No space left on device");
            }
            return length;
        }

        @Override
        public FileChannel truncate(final long size) throws IOException {
            check(Fault.WRITE);
            file.now = Arrays.copyOf(file.now, (int) Math.min(size, file.now.length));
            return this;
        }

        @Override
        public void force(final boolean metaData) throws IOException {
            check(Fault.FORCE);
            file.durable = file.now;
            version++;
        }

        @Override
        protected void implCloseChannel() {}

        @Override
        public long size() {
            return file.now.length;
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
        public FileLock lock(final long position, final long size, final boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(final long position, final long size, final boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
