package io.kafkabridge.extension.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.header.Header;

import io.kafkabridge.common.TopicFilter;
import io.kafkabridge.extension.delivery.Delivery;
import io.kafkabridge.extension.delivery.spooled.Origin;
import io.kafkabridge.extension.model.HeaderSettings;
import io.kafkabridge.extension.model.HeaderSettings.Format;
import io.kafkabridge.extension.model.HeaderSettings.Item;
import io.kafkabridge.extension.model.KafkaTopic;
import io.kafkabridge.extension.model.Mapping;
import io.kafkabridge.extension.model.PublishFilter;
import io.kafkabridge.extension.model.PublishFilter.Retained;
import io.kafkabridge.extension.model.Template;
import io.kafkabridge.extension.monitoring.metrics.MappingMetrics;
import io.kafkabridge.extension.record.RecordFactory;
import io.kafkabridge.extension.routing.Filters;
import io.kafkabridge.extension.routing.TopicTree;

/** An intake between a {@link FakeHiveMq} and two deliveries, all on one thread and with a clock that stands still. */
abstract class IntakeFixture {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What the broken mapping throws. */
    Error error = new StackOverflowError();

    final FakeHiveMq hivemq = new FakeHiveMq();
    final FakeTimer timer = new FakeTimer();
    final FakeDelivery delivery = new FakeDelivery();
    final FakeDelivery other = new FakeDelivery();
    final Intake intake = intake();

    private Intake intake() {
        final Intake made = hivemq.intake(timer, new PublishLimits(2, 20), () -> PATIENCE);
        made.follow(routes());
        return made;
    }

    /** {@code one/#} goes to the first delivery, {@code two/#} to both; {@code bad/#} as well, but its first mapping breaks, and {@code worse} has no other. */
    private TopicTree<Route> routes() {
        final Map<Route, Filters> routes = new LinkedHashMap<>();
        routes.put(route(broken("broken"), delivery), filters("bad/#", "worse"));
        routes.put(route(fine("first"), delivery), filters("one/#", "two/#"));
        routes.put(route(fine("second"), other), filters("two/#", "bad/#"));
        return TopicTree.build(routes);
    }

    static Filters filters(final String... filters) {
        return new Filters(List.of(filters).stream().map(TopicFilter::parse).toList(), List.of());
    }

    static Route route(final RecordFactory records, final Delivery delivery) {
        return new Route(records, delivery, new Origin("m", MappingMetrics.NONE, Optional.empty()), true);
    }

    static RecordFactory fine(final String kafkaTopic) {
        return new RecordFactory(mapping(kafkaTopic, PublishFilter.ALL), condition -> {});
    }

    /** Throws {@link #error} instead of making a record. */
    private RecordFactory broken(final String kafkaTopic) {
        final PublishFilter filter =
                new PublishFilter(0, Retained.ANY, List.of(), List.of(), Long.MAX_VALUE, Long.MAX_VALUE);
        return new RecordFactory(mapping(kafkaTopic, filter), condition -> {
            throw error;
        });
    }

    private static Mapping mapping(final String kafkaTopic, final PublishFilter filter) {
        return new Mapping(
                "m",
                "c1",
                List.of(TopicFilter.parse("#")),
                List.of(),
                filter,
                new KafkaTopic(Template.parse(kafkaTopic), Optional.empty(), 1, List.of()),
                Optional.of(Template.parse("{topic}")),
                Optional.empty(),
                Optional.empty(),
                new HeaderSettings(
                        Format.MQTT, EnumSet.allOf(Item.class), Template.parse("/s"), Template.parse("t"), List.of()),
                Optional.empty(),
                Optional.empty(),
                true,
                false);
    }

    FakeClient connect() {
        return hivemq.connect("client", false, intake);
    }

    static String header(final FakeDelivery.Taken taken, final String name) {
        final Header header = taken.record().headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
