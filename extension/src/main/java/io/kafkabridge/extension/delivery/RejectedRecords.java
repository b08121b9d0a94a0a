package io.kafkabridge.extension.delivery;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The records of one cluster that Kafka won't take, for an operator to look at: a file of JSON lines a day. Bounded: when
 * the folder is full, nothing more is taken. For one thread.
 */
final class RejectedRecords {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * A record and why Kafka refused it.
     *
     * @param record the record
     * @param reason fit for a person to read
     */
    record Rejected(ProducerRecord<byte[], byte[]> record, String reason) {}

    private final Path folder;
    private final long maxBytes;

    /**
     * The store of a cluster.
     *
     * @param folder where the files lie; made when it is needed
     * @param maxBytes the size that all files together may reach
     */
    RejectedRecords(final Path folder, final long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    Path folder() {
        return folder;
    }

    /**
     * Keeps records; when it returns, they are on the disk.
     *
     * @throws IOException when the folder is full or can't be written; then none of them counts as kept
     */
    void keep(final List<Rejected> rejected) throws IOException {
        Files.createDirectories(folder);
        if (size() >= maxBytes) {
            throw new IOException(folder + " is full: it holds " + (maxBytes >> 20) + " MiB");
        }
        final Instant now = Instant.now();
        final Path file = folder.resolve(now.toString().substring(0, 10) + ".jsonl");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            final long start = channel.size();
            try {
                final OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
                for (final Rejected each : rejected) {
                    write(out, each, now);
                }
                out.flush();
                channel.force(true);
            } catch (final IOException e) {
                channel.truncate(start);
                throw e;
            }
        }
    }

    private long size() throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : (Iterable<Path>) files::iterator) {
                size += Files.size(file);
            }
        }
        return size;
    }

    private static void write(final OutputStream out, final Rejected rejected, final Instant time) throws IOException {
        final ProducerRecord<byte[], byte[]> record = rejected.record();
        try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField("time", time.toString());
            json.writeStringField("reason", rejected.reason());
            json.writeStringField("topic", record.topic());
            writeBytes(json, "key", record.key());
            json.writeArrayFieldStart("headers");
            for (final Header header : record.headers()) {
                json.writeStartObject();
                json.writeStringField("name", header.key());
                writeBytes(json, "value", header.value());
                json.writeEndObject();
            }
            json.writeEndArray();
            writeBytes(json, "value", record.value());
            json.writeEndObject();
        }
        out.write('\n');
    }

    /** Text as text; other bytes as Base64, in a field of another name. */
    private static void writeBytes(final JsonGenerator json, final String name, final byte @Nullable [] bytes)
            throws IOException {
        if (bytes == null) {
            json.writeNullField(name);
            return;
        }
        try {
            json.writeStringField(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (final CharacterCodingException e) {
            json.writeFieldName(name + "-base64");
            json.writeBinary(bytes);
        }
    }
}
