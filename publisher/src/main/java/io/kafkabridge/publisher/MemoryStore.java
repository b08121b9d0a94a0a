package io.kafkabridge.publisher;

import java.nio.ByteBuffer;

import org.eclipse.paho.mqttv5.client.internal.MqttPersistentData;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttPersistable;
import org.eclipse.paho.mqttv5.common.MqttPersistenceException;

/** Keeps messages in memory as bytes, as files would. Paho's own class keeps the objects, which go on changing. */
final class MemoryStore extends MemoryPersistence {
    @Override
    public void put(String key, MqttPersistable message) throws MqttPersistenceException {
        ByteBuffer bytes = ByteBuffer.allocate(message.getHeaderLength() + message.getPayloadLength());
        bytes.put(message.getHeaderBytes(), message.getHeaderOffset(), message.getHeaderLength());
        if (message.getPayloadLength() > 0) {
            bytes.put(message.getPayloadBytes(), message.getPayloadOffset(), message.getPayloadLength());
        }
        super.put(key, new MqttPersistentData(key, bytes.array(), 0, bytes.capacity(), null, 0, 0));
    }
}
