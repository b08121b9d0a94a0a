package io.kafkabridge.benchmark.forwarder;

import java.util.Objects;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

import io.kafkabridge.benchmark.extension.Records;

/**
 * A subscriber that forwards to Kafka: Paho, persistent session, QoS 1, each message acknowledged once Kafka has it. Arguments:
 * MQTT port, bootstrap servers.
 */
public final class PahoSubscriberMain {

    private PahoSubscriberMain() {}

    public static void main(String[] args) throws MqttException {
        KafkaProducer<byte[], byte[]> kafka = Records.producer(args[1]);
        MqttAsyncClient client =
                new MqttAsyncClient("tcp://127.0.0.1:" + args[0], "paho-subscriber", new MemoryPersistence());
        client.setManualAcks(true);
        client.setCallback(new Forwarding(client, kafka));
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(86_400L);
        client.connect(options).waitForCompletion();
        client.subscribe("bench/#", 1).waitForCompletion();
        System.out.println("ready");
    }

    /** Called on Paho's thread; acknowledges on Kafka's. */
    private record Forwarding(MqttAsyncClient client, KafkaProducer<byte[], byte[]> kafka) implements MqttCallback {

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            kafka.send(Records.of(topic, message.getPayload()), (metadata, error) -> {
                if (error == null) {
                    acknowledge(message);
                }
            });
        }

        private void acknowledge(MqttMessage message) {
            try {
                client.messageArrivedComplete(message.getId(), message.getQos());
            } catch (MqttException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            System.out.println("disconnected: " + Objects.toString(response));
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            System.out.println(exception);
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // It publishes nothing.
        }

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            // Waited for.
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            // No extended authentication.
        }
    }
}
