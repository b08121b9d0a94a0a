package io.kafkabridge.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A way for connections with a last will to end, and what must be published on the case's topic then.
 *
 * @param name what happens; also the client id and the end of the topic
 * @param expected the payloads that subscribers and Kafka get, in order
 * @param script plays it
 */
record WillCase(String name, List<String> expected, Script script) {

    /** Far beyond the test's end. */
    private static final int LONG = 1000;

    /** Over before the test ends. */
    private static final int SHORT = 2;

    private static final int NOT_NORMAL = 0x04;
    private static final int UNSPECIFIED_ERROR = 0x80;

    interface Script {
        void play(WillStage stage) throws IOException;
    }

    static List<WillCase> all() {
        final List<WillCase> cases = new ArrayList<>();
        for (final int version : new int[] {4, 5}) {
            anyVersion(version).forEach(cases::add);
        }
        endings().forEach(cases::add);
        delays().forEach(cases::add);
        takeovers().forEach(cases::add);
        return cases;
    }

    /** Without a delay: a will is due at the connection's end, or never. */
    private static Stream<WillCase> anyVersion(final int version) {
        final String name = (version == 4 ? "MQTT 3.1.1" : "MQTT 5") + ": ";
        return Stream.of(
                none(name + "normal disconnect", s -> s.connect(s.will(version)).disconnect()),
                will(name + "connection closed", s -> s.connect(s.will(version)).close()),
                will(name + "connection reset", s -> s.connect(s.will(version)).reset()),
                will(name + "keep-alive timeout", s -> s.connect(s.will(version).keepAlive(1))
                        .awaitEnd()),
                will(name + "protocol error", s -> s.connect(s.will(version)).connectAgain()),
                will(name + "QoS 0", s -> s.connect(s.will(version).qos(0)).close()),
                will(name + "QoS 2", s -> s.connect(s.will(version).qos(2)).close()),
                will(name + "retained", s -> s.connect(s.will(version).retained())
                        .close()),
                new WillCase(name + "empty payload", List.of(""), s -> s.connect(s.will(version, ""))
                        .close()),
                none(name + "wrong password", s -> s.refused(s.will(version).password("wrong"))
                        .close()),
                none(name + "not permitted", s -> s.refused(
                                new WillConnect(version, s.name(), "closed/" + s.name(), "will"))
                        .close()),
                new WillCase(name + "after publishes", List.of("first", "second", "will"), s -> {
                    final WillClient client = s.connect(s.will(version));
                    client.publish(s.topic(), "first");
                    client.publish(s.topic(), "second");
                    client.reset();
                }),
                new WillCase(name + "taken over twice with clean starts", List.of("1", "2"), s -> {
                    final WillClient first = s.connect(s.will(version, "1"));
                    final WillClient second = s.connect(s.will(version, "2"));
                    first.awaitEnd();
                    s.connect(s.will(version, "3")).disconnect();
                    second.awaitEnd();
                }),
                new WillCase(name + "taken over without clean start", List.of("1"), s -> {
                    s.connect(s.will(version, "1").continuing().session(LONG, 0));
                    s.connect(s.will(version, "2").continuing().session(LONG, 0))
                            .disconnect();
                }));
    }

    private static Stream<WillCase> endings() {
        return Stream.of(
                will("DISCONNECT 0x04", s -> s.connect(s.will(5)).disconnect(NOT_NORMAL)),
                will("DISCONNECT 0x80", s -> s.connect(s.will(5)).disconnect(UNSPECIFIED_ERROR)),
                none("DISCONNECT 0x00 with a delay", s -> s.connect(delayed(s, SHORT))
                        .disconnect()),
                will("DISCONNECT 0x04 with a delay", s -> s.connect(delayed(s, 1))
                        .disconnect(NOT_NORMAL)),
                will("DISCONNECT 0x04 that ends the session", s -> s.connect(delayed(s, LONG))
                        .disconnect(NOT_NORMAL, 0)),
                will("DISCONNECT 0x04 that shortens the session", s -> s.connect(delayed(s, LONG))
                        .disconnect(NOT_NORMAL, 1)),
                will("$vendor/topic with a dollar sign", s -> s.connect(s.will(5))
                        .close()),
                will("publish that isn't permitted", s -> {
                    final WillClient client = s.connect(s.will(4));
                    client.publish("closed/a", "x", 0);
                    client.awaitEnd();
                }));
    }

    private static Stream<WillCase> delays() {
        return Stream.of(
                will("delay passes", s -> s.connect(delayed(s, 1)).close()),
                // HiveMQ loses such a will when its clean-up of expired sessions, which goes through a 64th of the
                // client ids every 16 seconds, comes first. This id's turn is minutes after the start.
                will("session ends before the delay", s -> s.connect(s.will(5).session(1, LONG))
                        .close()),
                will("session expiry 0", s -> s.connect(s.will(5).session(0, LONG))
                        .close()),
                none("back within the delay", s -> {
                    s.connect(delayed(s, SHORT)).close();
                    s.connect(new WillConnect(5, s.name(), "", "").continuing().session(LONG, 0));
                }),
                new WillCase("back within the delay with another will", List.of("2"), s -> {
                    s.connect(delayed(s, SHORT)).close();
                    s.connect(s.will(5, "2").continuing().session(LONG, 0)).close();
                }),
                will("back within the delay with a clean start", s -> {
                    s.connect(delayed(s, LONG)).close();
                    s.connect(new WillConnect(5, s.name(), "", "")).disconnect();
                }),
                will("refused within the delay", s -> {
                    s.connect(delayed(s, 1)).close();
                    s.refused(new WillConnect(5, s.name(), "", "").password("wrong"))
                            .close();
                }));
    }

    private static Stream<WillCase> takeovers() {
        return Stream.of(
                none("taken over without clean start, with a delay", s -> {
                    final WillClient first = s.connect(delayed(s, SHORT));
                    s.connect(new WillConnect(5, s.name(), "", "").continuing().session(LONG, 0));
                    first.awaitEnd();
                }),
                will("taken over with clean start, with a delay", s -> {
                    final WillClient first = s.connect(delayed(s, LONG));
                    s.connect(new WillConnect(5, s.name(), "", "")).disconnect();
                    first.awaitEnd();
                }),
                will("taken over without clean start, with a delay and session expiry 0", s -> {
                    final WillClient first = s.connect(s.will(5).session(0, LONG));
                    s.connect(new WillConnect(5, s.name(), "", "").continuing()).disconnect();
                    first.awaitEnd();
                }));
    }

    private static WillConnect delayed(final WillStage stage, final int seconds) {
        return stage.will(5).session(LONG, seconds);
    }

    private static WillCase none(final String name, final Script script) {
        return new WillCase(name, List.of(), script);
    }

    private static WillCase will(final String name, final Script script) {
        return new WillCase(name, List.of("will"), script);
    }

    String topic() {
        return topicOf(name);
    }

    static String topicOf(final String name) {
        return name.startsWith("$") ? name : "wills/" + name;
    }

    @Override
    public String toString() {
        return name;
    }
}
