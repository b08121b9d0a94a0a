package io.kafkabridge.benchmark.records;

/** Mappings that make different records of the same publish. */
public enum Kind {
    PLAIN("topic as key, payload as it came", "<kafka-topic>t</kafka-topic>"),
    FILTERS("and two filters, which hold", """
            <filter><min-qos>1</min-qos><client-ids><client-id>sensor-*</client-id></client-ids></filter>
            <kafka-topic>t</kafka-topic>
            """),
    TEMPLATES("Kafka topic, key and one header from templates", """
            <kafka-topic>plant-{topic[1]}</kafka-topic>
            <key>{client-id}/{topic[1:]}</key>
            <headers><header><name>site</name><value>{user-property:site|unknown}</value></header></headers>
            """),
    CLOUDEVENTS("headers of CloudEvents", """
            <kafka-topic>t</kafka-topic><headers><format>cloudevents</format></headers>
            """),
    JSON_CONDITION("a JSON condition", """
            <kafka-topic>t</kafka-topic>
            <json><condition>temp > 20 and status = "ok"</condition></json>
            """),
    JSON_VALUE("a JSON condition and a new value", """
            <kafka-topic>t</kafka-topic>
            <json>
              <condition>temp > 20 and status = "ok"</condition>
              <value>{"id": id, "site": $split($topic, "/")[1], "fahrenheit": temp * 1.8 + 32}</value>
            </json>
            """);

    private final String what;
    private final String elements;

    Kind(final String what, final String elements) {
        this.what = what;
        this.elements = elements;
    }

    /** What it does, for a person. */
    String what() {
        return what;
    }

    /** What the mapping has beside its id, its cluster and its topic filter. */
    String elements() {
        return elements;
    }
}
