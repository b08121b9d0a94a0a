package io.kafkabridge.extension.kafka;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.internals.KafkaFutureImpl;

/** A client that asks about topics and creates them; a test gives the answers. */
final class FakeAdmin {

    /** What was asked about, in order; each waits for its answer. */
    final List<KafkaFutureImpl<TopicDescription>> described = new ArrayList<>();

    /** What was to be created, in order. */
    final List<NewTopic> created = new ArrayList<>();

    /** The answers to that. */
    final List<KafkaFutureImpl<CreateTopicsResult.TopicMetadataAndConfig>> creations = new ArrayList<>();

    int closes;

    final Admin admin = (Admin) Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, args) -> switch (method.getName()) {
                case "describeTopics" ->
                    describe(((Collection<?>) args[0]).iterator().next());
                case "createTopics" ->
                    create((NewTopic) ((Collection<?>) args[0]).iterator().next());
                case "close" -> closes++ < 0;
                default -> throw new UnsupportedOperationException(method.toString());
            });

    private static final class Described extends DescribeTopicsResult {
        Described(final Map<String, KafkaFuture<TopicDescription>> answers) {
            super(null, answers);
        }
    }

    private static final class Created extends CreateTopicsResult {
        Created(final Map<String, KafkaFuture<TopicMetadataAndConfig>> answers) {
            super(answers);
        }
    }

    private DescribeTopicsResult describe(final Object topic) {
        described.add(new KafkaFutureImpl<>());
        return new Described(Map.of((String) topic, described.get(described.size() - 1)));
    }

    private CreateTopicsResult create(final NewTopic topic) {
        created.add(topic);
        creations.add(new KafkaFutureImpl<>());
        return new Created(Map.of(topic.name(), creations.get(creations.size() - 1)));
    }
}
