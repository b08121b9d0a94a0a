package io.kafkabridge.benchmark.forwarder;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.impl.DefaultCamelContext;

import io.kafkabridge.benchmark.extension.Records;

/**
 * A Camel route from MQTT to Kafka: persistent session, QoS 1, manual acknowledgements. Arguments: MQTT port, bootstrap servers.
 */
public final class CamelMain {

    private CamelMain() {}

    public static void main(String[] args) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("paho-mqtt5:bench/#?brokerUrl=tcp://127.0.0.1:" + args[0] + "&clientId=camel"
                                + "&qos=1&cleanStart=false&sessionExpiryInterval=86400&manualAcksEnabled=true")
                        .process(CamelMain::address)
                        .to("kafka:bench?brokers=" + args[1]
                                + "&requestRequiredAcks=all&lingerMs=0&maxInFlightRequest=1&producerBatchSize=65536"
                                + "&keySerializer=org.apache.kafka.common.serialization.ByteArraySerializer"
                                + "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer");
            }
        });
        context.start();
        System.out.println("ready");
    }

    private static void address(Exchange exchange) {
        Message message = exchange.getMessage();
        String topic = message.getHeader(PahoMqtt5Constants.MQTT_TOPIC, String.class);
        message.setHeader(KafkaConstants.OVERRIDE_TOPIC, Records.kafkaTopic(topic));
        message.setHeader(KafkaConstants.KEY, topic);
    }
}
