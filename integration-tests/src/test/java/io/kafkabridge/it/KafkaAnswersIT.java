package io.kafkabridge.it;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.kafkabridge.it.AnswerCase.Phase;
import io.kafkabridge.it.AnswersSeen.Seen;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.KafkaProxy;
import io.kafkabridge.stack.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every answer that Kafka may give, from a real Kafka behind a {@link KafkaProxy}: what is acknowledged is in Kafka or among the rejected
 * records, in order, and nobody is stuck. What becomes of each makes the table of {@code docs/guarantees.md};
 * {@code -Dguarantees.write=true} writes it there. The long form tries every error code that there is.
 *
 * <p>All rows are tried at the same time in {@link #tryAll}, with four faults one after the other; the tests look at what was seen.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaAnswersIT {

    /** The metric's value for a cluster that takes records. */
    private static final double LIVE = 1;

    private static final Pattern VALUE = Pattern.compile("\"value\":\"([^\"]*)\"");

    /** The delivery timeout, and as much again and 2 s for what this machine does meanwhile. */
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(6);

    /** After a fault, until nothing is under way and the spool is empty. */
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(20);

    private final List<AnswerCase> cases = (Faults.IS_LONG ? AnswerRow.all() : AnswerRow.ofEveryBuild())
            .stream().map(AnswerCase::new).toList();
    private final Map<String, AnswerCase> byId =
            cases.stream().collect(Collectors.toMap(AnswerCase::id, Function.identity()));
    private final int monitoring = Ports.free();
    private final Web web = new Web(monitoring);

    private final AnswersSeen seen = new AnswersSeen();

    private KafkaProxy proxy;
    private Kafka kafka;
    private HiveMq hivemq;

    @BeforeAll
    void tryAll(@TempDir final Path folder) throws Exception {
        start(folder);
        tryAtTheStart();
        for (final Phase phase : Phase.values()) {
            tryPhase(phase);
        }
    }

    private void start(final Path folder) throws ExecutionException, InterruptedException {
        final int port = Ports.free();
        proxy = KafkaProxy.to(port);
        proxy.batches(batch -> {
            final AnswerCase its = byId.get(batch.topic());
            return its == null ? null : its.faultOf(batch);
        });
        for (final ApiKeys api : List.of(ApiKeys.METADATA, ApiKeys.INIT_PRODUCER_ID)) {
            proxy.answers(api, (clientId, answer) -> Optional.ofNullable(
                            byId.get(clientId.replace("hivemq-kafka-bridge-", "")))
                    .filter(its -> its.row().api() == api)
                    .ifPresent(its -> its.change(answer)));
        }
        kafka = Kafka.builder()
                .folder(folder.resolve("kafka"))
                .listener(SecurityProtocol.PLAINTEXT, port, proxy.port())
                .property("auto.create.topics.enable", "false")
                .start();
        try (Admin admin = kafka.admin()) {
            admin.createTopics(cases.stream()
                            .map(each -> new NewTopic(each.id(), 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        final BridgeXml xml = new BridgeXml().monitoring(monitoring, "");
        cases.forEach(
                each -> xml.cluster(each.id(), kafka.bootstrapServers(), "<delivery-timeout>2s</delivery-timeout>")
                        .mapping(each.id(), each.id(), each.id(), each.id()));
        cases.stream().filter(AnswerCase::isOfTheStart).forEach(each -> each.begin(Phase.LASTING_LIVE));
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file("extensions/hivemq-kafka-bridge/conf/config.xml", xml.toString())
                .start();
        cases.forEach(each -> each.connect(hivemq.mqttPort()));
    }

    /** A producer asks for its id once. Afterwards all clusters are live. */
    private void tryAtTheStart() {
        final List<AnswerCase> tried =
                cases.stream().filter(AnswerCase::isOfTheStart).toList();
        tried.forEach(each -> each.publish(0, AnswerCase.MESSAGES));
        awaitAcknowledgements(tried, Phase.LASTING_LIVE);
        look(tried, Phase.LASTING_LIVE, Map.of());
        waitFor(LoadedBridge.LIMIT, () -> web.metricOfClusters("kafkabridge_cluster_state").values().stream()
                .allMatch(state -> state == LIVE));
    }

    private void tryPhase(final Phase phase) {
        final List<AnswerCase> tried =
                cases.stream().filter(each -> each.has(phase)).toList();
        final Map<String, Double> outagesBefore = outages();
        tried.forEach(each -> each.begin(phase));
        if (phase.isSpooled()) {
            tried.forEach(each -> each.publish(0, AnswerCase.MESSAGES));
            awaitAcknowledgements(tried, phase);
            tried.forEach(AnswerCase::endOutage);
        } else {
            tried.forEach(each -> each.publish(0, 1));
            waitFor(Duration.ofSeconds(3), () -> tried.stream().allMatch(AnswerCase::isFirstSeen));
            tried.forEach(each -> each.publish(1, AnswerCase.MESSAGES));
            awaitAcknowledgements(tried, phase);
        }
        look(tried, phase, outagesBefore);
    }

    private static void awaitAcknowledgements(final List<AnswerCase> of, final Phase phase) {
        waitFor(ACKNOWLEDGED_WITHIN, () -> of.stream().allMatch(each -> each.isAcknowledged(phase)));
    }

    private void look(final List<AnswerCase> tried, final Phase phase, final Map<String, Double> outagesBefore) {
        final List<AnswerCase> acknowledged =
                tried.stream().filter(each -> each.isAcknowledged(phase)).toList();
        waitFor(SETTLED_WITHIN, () -> tried.stream().allMatch(settled(phase)));
        final Predicate<AnswerCase> settled = settled(phase);
        final Map<String, Double> outages = outages();
        final Map<String, List<String>> inKafka =
                Topics.values(kafka, tried.stream().map(AnswerCase::id).toList());
        for (final AnswerCase each : tried) {
            final double more = outages.getOrDefault(each.id(), 0.0) - outagesBefore.getOrDefault(each.id(), 0.0);
            seen.add(
                    each.row(),
                    phase,
                    new Seen(
                            acknowledged.contains(each),
                            settled.test(each),
                            Math.round(more),
                            ofPhase(phase, inKafka.getOrDefault(each.id(), List.of())),
                            ofPhase(phase, rejected(each))));
        }
    }

    private static void waitFor(final Duration limit, final BooleanSupplier condition) {
        try {
            await().atMost(limit).pollInterval(Duration.ofMillis(100)).until(condition::getAsBoolean);
        } catch (final ConditionTimeoutException e) {
            // Each case tells by itself how far it has come.
        }
    }

    private Map<String, Double> outages() {
        return web.metricOfClusters("kafkabridge_cluster_outages_total");
    }

    /** Whether a case's cluster is live, with nothing under way, and everything is where it belongs. */
    private Predicate<AnswerCase> settled(final Phase phase) {
        final Map<String, Double> states = web.metricOfClusters("kafkabridge_cluster_state");
        final Map<String, Double> spooled = web.metricOfClusters("kafkabridge_cluster_spool_records");
        final Map<String, Double> underWay = web.metricOfClusters("kafkabridge_cluster_in_flight_records");
        return each -> states.getOrDefault(each.id(), 0.0) == LIVE
                && spooled.getOrDefault(each.id(), 1.0) == 0
                && underWay.getOrDefault(each.id(), 1.0) == 0
                && each.isAcknowledged(phase);
    }

    private List<String> rejected(final AnswerCase of) {
        return RejectedLines.of(hivemq, of.id()).stream()
                .flatMap(line -> VALUE.matcher(line).results())
                .map(line -> line.group(1))
                .toList();
    }

    private static List<String> ofPhase(final Phase phase, final List<String> values) {
        return values.stream().filter(value -> value.startsWith(phase + ":")).toList();
    }

    List<AnswerRow> rows() {
        return cases.stream().map(AnswerCase::row).toList();
    }

    @AfterAll
    void stop() {
        cases.forEach(AnswerCase::close);
        hivemq.close();
        kafka.close();
        proxy.close();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answer_losesReordersAndHoldsUpNothing(final AnswerRow row) {
        assertThat(seen.of(row)).isNotEmpty().allSatisfy((phase, its) -> {
            assertThat(its.acknowledged())
                    .as("%s: all acknowledged in time", phase)
                    .isTrue();
            assertThat(its.settled())
                    .as("%s: live again, and the spool empty", phase)
                    .isTrue();
            assertThat(Stream.concat(its.inKafka().stream(), its.rejected().stream())
                            .distinct())
                    .as("%s: in Kafka or rejected", phase)
                    .hasSize(AnswerCase.MESSAGES);
            assertThat(its.inKafka().stream().distinct())
                    .as("%s: first appearances in order", phase)
                    .isSorted();
            if (!row.written()) {
                assertThat(its.inKafka()).as("%s: in Kafka", phase).doesNotHaveDuplicates();
            }
            assertThat(its.rejected()).as("%s: rejected", phase).doesNotHaveDuplicates();
        });
        assertThat(Objects.requireNonNull(byId.get(row.id())).stayedConnected())
                .as("client stayed connected")
                .isTrue();
    }

    /** As a broker does it with a timestamp too far ahead, or with no key in a compacted topic. */
    @Test
    void answerThatNamesARecord_rejectsItAlone_andIsNoOutage() {
        rows().stream().filter(AnswerRow::named).forEach(row -> seen.of(row).forEach((phase, its) -> {
            assertThat(its.rejected())
                    .as("%s, %s: rejected", row, phase)
                    .containsExactly(AnswerCase.value(phase, AnswerCase.MARKED));
            assertThat(its.inKafka()).as("%s, %s: in Kafka", row, phase).hasSize(AnswerCase.MESSAGES - 1);
            assertThat(its.outages()).as("%s, %s: outages", row, phase).isEqualTo(phase.isSpooled() ? 1 : 0);
        }));
    }

    @Test
    void table_isWhatWasSeen() throws IOException {
        seen.compareOrWrite(rows());
    }
}
