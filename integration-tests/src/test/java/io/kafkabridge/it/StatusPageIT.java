package io.kafkabridge.it;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.kafkabridge.it.BrowserPage.Look;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/** The status page as an operator sees it: in a browser, of a bridge at work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusPageIT {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>/+/<script>alert(2)</script>";
    private static final String VERDICT = "document.querySelector('#verdict').dataset.level";

    private final int port = Ports.free();
    private final String url = "http://localhost:" + port + "/";
    private Browser browser;
    private LoadedBridge bridge;

    @BeforeAll
    void start(@TempDir final Path folder) {
        browser = Browser.start();
        bridge = new LoadedBridge(folder, Kafka.builder());
        bridge.startHiveMq(new BridgeXml()
                .cluster(
                        "cluster01",
                        bridge.kafka().bootstrapServers(),
                        "<kafka-properties><property><name>send.buffer.bytes</name><value>65432</value></property>"
                                + "</kafka-properties>")
                .mapping("load", "cluster01", "load", "load/#")
                .mapping("hostile", "cluster01", "load", HOSTILE.replace("<", "&lt;"))
                .monitoring(port, ""));
    }

    @AfterEach
    void mend() {
        bridge.mend();
    }

    @AfterAll
    void stop() {
        if (bridge != null) {
            bridge.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void numbers_moveWhenMessagesFlow() {
        try (BrowserPage page = browser.open(url, Look.DESKTOP_LIGHT)) {
            // Given
            page.await(VERDICT + " === 'good'");

            // When
            bridge.startClients();

            // Then
            page.await("parseFloat(document.querySelector('#rate-in').textContent.replace(',', '')) > 50");
            page.await("parseFloat(document.querySelector('#rate-out').textContent.replace(',', '')) > 50");
            final String received = ".row .number[data-label=Received]";
            final double before = page.number(received);
            page.await("parseInt(document.querySelector('" + received + "').textContent.replaceAll(',', '')) > "
                    + (before + 200));
            assertThat(page.text("#verdict-text")).isEqualTo("Messages flow to Kafka.");
            assertThat(page.attribute("#plot-rates path.in", "d")).contains("L");
            assertThat(page.attribute("#plot-rates svg", "aria-label")).contains("from MQTT: now ");
            assertThat(page.text(".cluster")).contains("Live", "Clients are acknowledged within");
            assertThat(page.errors()).isEmpty();
        }
    }

    @Test
    void kafkasDeathAndReturn_areToldInWords() {
        try (BrowserPage page = browser.open(url, Look.DESKTOP_LIGHT)) {
            // Given
            bridge.startClients();
            bridge.load().awaitProgress();

            // When
            bridge.kafka().kill();

            // Then
            page.await(
                    "/Away.*messages .* safe on disk. Room for /s.test(document.querySelector('.cluster').innerText)");
            assertThat(page.text("#verdict-text")).isEqualTo("Kafka is away. Messages are safe on this broker’s disk.");
            assertThat(page.attribute("#verdict", "data-level")).isEqualTo("warning");
            page.await("document.querySelector('#problems').innerText.includes('takes no records')");
            page.await("document.querySelector('#announce').textContent.includes('cluster01: Away')");
            assertThat(page.violations()).isEmpty();

            // When
            bridge.kafka().start();

            // Then
            page.await(VERDICT + " === 'good'");
            assertThat(page.text(".cluster")).contains("Live").doesNotContain("Away");
            assertThat(page.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Look.class)
    void everybody_canUseIt(final Look look) {
        try (BrowserPage page = browser.open(url, look)) {
            // When
            page.await("document.querySelectorAll('.row').length === 3 && " + VERDICT + " === 'good'");

            // Then
            assertThat(page.violations()).isEmpty();
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
            assertThat(page.requests()).allMatch(request -> request.startsWith(url));
            assertThat(page.errors()).isEmpty();
        }
    }

    @Test
    void theKeyboard_reachesAndOpensWhatIsClosed() {
        try (BrowserPage page = browser.open(url, Look.DESKTOP_LIGHT)) {
            // Given
            page.await("document.querySelector('#configuration').textContent.includes('cluster01')");
            assertThat(page.isVisible("#configuration")).isFalse();

            // When
            final List<Object> reached = IntStream.range(0, 6)
                    .mapToObj(i -> {
                        page.press("Tab");
                        return page.evaluate("document.activeElement.tagName");
                    })
                    .toList();
            page.evaluate("document.querySelector('summary').focus()");
            page.press("Enter");

            // Then
            assertThat(reached).contains("SUMMARY", "A");
            assertThat(page.isVisible("#configuration")).isTrue();
            assertThat(page.text("#configuration")).contains("send.buffer.bytes=65432", "max-in-flight: 64MiB");
        }
    }

    @Test
    void whatFiltersSay_isTextAndNothingElse() {
        try (BrowserPage page = browser.open(url, Look.DESKTOP_DARK)) {
            // When
            page.await("document.querySelectorAll('.row').length === 3");

            // Then
            assertThat(page.text(".row:nth-child(3) .way code")).isEqualTo(HOSTILE);
            assertThat(page.evaluate("document.querySelectorAll('main img, main script').length"))
                    .isEqualTo(0);
            assertThat(page.errors()).isEmpty();
        }
    }

    @Test
    void aLostConnection_isTold_andFoundAgain() {
        try (BrowserPage page = browser.open(url, Look.PHONE_LIGHT)) {
            // Given
            page.await(VERDICT + " === 'good'");

            // When
            bridge.hivemq().stop();

            // Then
            page.await("!document.querySelector('#lost').hidden");
            assertThat(page.text("#lost")).startsWith("No connection to HiveMQ since ");
            assertThat(page.text("#freshness")).isEqualTo("No connection");
            assertThat(page.violations()).isEmpty();

            // When
            bridge.hivemq().start();

            // Then
            page.await("document.querySelector('#lost').hidden");
            assertThat(page.text("#freshness")).startsWith("Live");
        }
    }
}
