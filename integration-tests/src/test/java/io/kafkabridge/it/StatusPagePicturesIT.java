package io.kafkabridge.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.it.BrowserPage.Look;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes pictures of the status page through an outage of Kafka, for the documentation and for whoever changes the page: into the
 * folder that the environment variable {@code STATUS_PAGE_PICTURES} names.
 */
@EnabledIfEnvironmentVariable(named = "STATUS_PAGE_PICTURES", matches = ".+", disabledReason = "nobody wants pictures")
class StatusPagePicturesIT {

    private static final String STATES =
            "[...document.querySelectorAll('.state')].map(each => each.textContent).join()";
    private static final String POINTS =
            "(document.querySelector('#plot-rates path.in').getAttribute('d').match(/L/g)" + " || []).length > ";

    private final Path pictures = Path.of(System.getenv("STATUS_PAGE_PICTURES")).toAbsolutePath();

    @Test
    void anOutage_inPictures(@TempDir final Path folder) throws Exception {
        Files.createDirectories(pictures);
        final int port = Ports.free();
        final String url = "http://localhost:" + port + "/";
        try (Browser browser = Browser.start();
                Kafka kafka = Kafka.builder().folder(folder.resolve("kafka")).start();
                HiveMq hivemq = HiveMq.builder()
                        .folder(folder.resolve("hivemq"))
                        .allowAllClients()
                        .extension(Artifacts.bridgeZip())
                        .file("extensions/hivemq-kafka-bridge/conf/config.xml", configuration(kafka, port))
                        .start()) {
            try (Sensors sensors = new Sensors(hivemq.mqttPort(), "gateway");
                    BrowserPage page = browser.open(url, Look.DESKTOP_LIGHT)) {
                sensors.publish(List.of("plant/north/temp", "plant/south/temp"), step ->
                        (int) (14 + 6 * Math.sin(step / 80.0)));
                sensors.publish(List.of("plant/north/alarm/fire", "line/4/alarm"), step -> step % 7 == 0 ? 3 : 0);
                page.await("document.querySelector('#plot-rates path.in') != null");
                page.await(POINTS + 45);
                kafka.kill();
                page.await(STATES + ".includes('Away')");
                page.await(POINTS + 80);
                page.shootWindow(pictures.resolve("status-page.png"));
                sensors.publish(List.of("plant/n\u00e4rke/temp"), step -> step == 40 ? 12 : 0);
                shoot(browser, url, "away");
                kafka.start();
                page.await(STATES + ".includes('Catching up') || " + STATES + " === 'Live'");
                page.shoot(pictures.resolve("back.png"));
                page.await(STATES + " === 'Live'");
                page.await(POINTS + 100);
                shoot(browser, url, "live");
                assertThat(page.errors()).isEmpty();
            }
        }
    }

    private void shoot(final Browser browser, final String url, final String name) {
        for (final Look look : Look.values()) {
            try (BrowserPage page = browser.open(url, look)) {
                page.await("document.querySelector('#plot-rates path.in') != null");
                page.shoot(pictures.resolve(
                        name + "-" + look.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".png"));
            }
        }
    }

    private static String configuration(final Kafka kafka, final int port) {
        return new BridgeXml()
                .cluster("cluster01", kafka.bootstrapServers(), "")
                .mappingWith(
                        "temperatures",
                        "cluster01",
                        "<kafka-topic>plant-{topic[1]}</kafka-topic><key>{client-id}</key>",
                        "plant/+/temp")
                .mapping("alarms", "cluster01", "alarms", "plant/+/alarm/#", "line/+/alarm")
                .monitoring(port, "")
                .toString();
    }
}
