package io.kafkabridge.publisher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Enumeration;
import java.util.SortedMap;
import java.util.TreeMap;

import org.eclipse.paho.mqttv5.client.MqttClientPersistence;
import org.eclipse.paho.mqttv5.client.persist.MqttDefaultFilePersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttPersistable;
import org.eclipse.paho.mqttv5.common.MqttPersistenceException;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.CommandFailure;

/**
 * The unacknowledged messages of one client id at one broker, on disk or only in memory. Paho writes a message here before it sends it,
 * removes it when it is acknowledged, and sends what it finds here again on each new connection. Three of its habits are
 * changed. It closes the files with each connection, which drops acknowledgements that come late. Its lock never fails.
 * And it stores topic aliases, which mean nothing to the broker on the next connection.
 *
 * <p>Thread-safe as Paho's class is: each message is a file of its own.
 */
final class Outbox implements MqttClientPersistence {
    private static final String SENT = "s-";
    private static final String RELEASED = "sc-";

    private final MqttClientPersistence store;
    private final String clientId;
    private final Path folder;
    private final String topic;
    private final FileChannel lock;

    private Outbox(MqttClientPersistence store, String clientId, Path folder, String topic, FileChannel lock) {
        this.store = store;
        this.clientId = clientId;
        this.folder = folder;
        this.topic = topic;
        this.lock = lock;
    }

    /**
     * Opens the outbox in a folder below the given one, for this process alone.
     *
     * @param topic the topic of the messages to come
     * @param inMemory whether what is unacknowledged may be lost with this process
     * @throws CommandFailure when the folder can't be written, another publisher has it open, or messages on disk wait for a
     *     run that isn't in memory
     */
    static Outbox open(Path stateFolder, Broker broker, String topic, boolean inMemory) {
        Path folder = stateFolder.resolve(
                URLEncoder.encode(broker.clientId() + "@" + broker.address(), StandardCharsets.UTF_8));
        try {
            Files.createDirectories(folder);
            FileChannel lock =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(lock)) {
                throw CommandFailure.failed(
                        "Another publisher runs with client id '" + broker.clientId()
                                + "'; give each its own --client-id",
                        null);
            }
            MqttClientPersistence files = new MqttDefaultFilePersistence(folder.toString());
            files.open(broker.clientId());
            return new Outbox(
                    inMemory ? memoryInsteadOf(files, folder) : files, broker.clientId(), folder, topic, lock);
        } catch (IOException | MqttPersistenceException e) {
            throw CommandFailure.failed("Cannot write to " + folder + "; choose another folder with --state-dir", e);
        }
    }

    /** Its packet identifiers must not be those of messages on disk. */
    private static MqttClientPersistence memoryInsteadOf(MqttClientPersistence files, Path folder)
            throws MqttPersistenceException {
        boolean empty = !files.keys().hasMoreElements();
        files.close();
        if (!empty) {
            throw CommandFailure.failed(
                    "Unacknowledged messages of an earlier run are in " + folder
                            + "; send them without --in-memory first, or choose another --client-id",
                    null);
        }
        MqttClientPersistence memory = new MemoryStore();
        memory.open("");
        return memory;
    }

    private static boolean tryLock(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    String clientId() {
        return clientId;
    }

    /** Whether an earlier run left nothing here because nothing stays: the broker's session may hold more. */
    boolean inMemory() {
        return store instanceof MemoryStore;
    }

    Path folder() {
        return folder;
    }

    /** The stored messages by packet identifier. */
    SortedMap<Integer, MqttPublish> pending() throws MqttException {
        SortedMap<Integer, MqttPublish> pending = new TreeMap<>();
        for (String key : Collections.list(keys())) {
            if (key.startsWith(SENT) && MqttWireMessage.createWireMessage(get(key)) instanceof MqttPublish publish) {
                pending.put(publish.getMessageId(), publish);
            }
        }
        return pending;
    }

    /** The QoS 2 message that the broker has not confirmed with a PUBREC; there is one at most, or null. */
    @Nullable
    Integer unconfirmed() throws MqttException {
        for (MqttPublish publish : pending().values()) {
            if (publish.getQoS() == 2 && !containsKey(RELEASED + publish.getMessageId())) {
                return publish.getMessageId();
            }
        }
        return null;
    }

    /** Gives up a message. */
    void drop(int packetId) throws MqttPersistenceException {
        remove(SENT + packetId);
    }

    @Override
    public void put(String key, MqttPersistable message) throws MqttPersistenceException {
        if (message instanceof MqttPublish publish && publish.getProperties().getTopicAlias() != null) {
            publish.setTopicName(topic);
            publish.getProperties().setTopicAlias(null);
        }
        store.put(key, message);
    }

    @Override
    public MqttPersistable get(String key) throws MqttPersistenceException {
        return store.get(key);
    }

    @Override
    public void remove(String key) throws MqttPersistenceException {
        store.remove(key);
    }

    @Override
    public Enumeration<String> keys() throws MqttPersistenceException {
        return store.keys();
    }

    @Override
    public void clear() throws MqttPersistenceException {
        store.clear();
    }

    @Override
    public boolean containsKey(String key) throws MqttPersistenceException {
        return store.containsKey(key);
    }

    /** Does nothing: the store is open, from connection to connection. */
    @Override
    public void open(String clientId) {}

    /** Does nothing: Paho calls it at the end of each connection. */
    @Override
    public void close() {}

    /** Ends the use of the folder. */
    void release() {
        try (lock) {
            store.close();
        } catch (MqttPersistenceException | IOException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
