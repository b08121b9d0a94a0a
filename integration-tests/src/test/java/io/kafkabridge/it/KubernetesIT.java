package io.kafkabridge.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

import io.kafkabridge.stack.Certificates;
import io.kafkabridge.stack.Checkout;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** The manifests in docs/kubernetes: each field exists in Kubernetes, they fit together, and the bridge takes its configuration. */
class KubernetesIT {

    private static final Path FOLDER = Checkout.root().resolve("docs/kubernetes");
    private static final Pattern SECRET = Pattern.compile("/secrets/([a-z0-9.-]+)");

    /** Objects by kind and name, such as {@code Service/mqtt}. */
    private static final Map<String, JsonElement> OBJECTS = new TreeMap<>();

    @TempDir
    private Path folder;

    @BeforeAll
    static void readManifests() throws IOException {
        final LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (final Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                for (final Object document : new Yaml(strict).loadAll(Files.readString(file))) {
                    final JsonElement object = new Gson().toJsonTree(document);
                    final String kind = object.getAsJsonObject().get("kind").getAsString();
                    final JsonElement metadata = object.getAsJsonObject().get("metadata");
                    final String name = metadata == null
                            ? ""
                            : metadata.getAsJsonObject().get("name").getAsString();
                    assertThat(OBJECTS.put(kind + "/" + name, object))
                            .as("twice: %s/%s", kind, name)
                            .isNull();
                }
            }
        }
        new JSON(); // sets up what reads the classes of the data model
    }

    private static <T> T read(final String object, final Class<T> type) {
        return requireNonNull(JSON.getGson().fromJson(requireNonNull(OBJECTS.get(object)), type));
    }

    private static V1PodSpec pod() {
        return requireNonNull(
                requireNonNull(read("StatefulSet/hivemq", V1StatefulSet.class).getSpec())
                        .getTemplate()
                        .getSpec());
    }

    private static V1Container hivemq() {
        return pod().getContainers().get(0);
    }

    @Test
    void manifests_haveOnlyFieldsThatKubernetesKnows() throws IOException {
        // When: each throws for an unknown field, a missing one and a wrong type.
        V1ConfigMap.validateJsonElement(OBJECTS.get("ConfigMap/hivemq-config"));
        V1StatefulSet.validateJsonElement(OBJECTS.get("StatefulSet/hivemq"));
        V1Service.validateJsonElement(OBJECTS.get("Service/mqtt"));
        V1Service.validateJsonElement(OBJECTS.get("Service/hivemq"));
        V1PodDisruptionBudget.validateJsonElement(OBJECTS.get("PodDisruptionBudget/hivemq"));

        // Then: no manifest was forgotten here. The two others are kinds of kustomize and of the Prometheus operator.
        assertThat(OBJECTS.keySet())
                .containsExactly(
                        "ConfigMap/hivemq-config",
                        "Kustomization/",
                        "PodDisruptionBudget/hivemq",
                        "Service/hivemq",
                        "Service/mqtt",
                        "ServiceMonitor/hivemq",
                        "StatefulSet/hivemq");
    }

    @Test
    void kustomization_namesFilesThatAreThere() {
        // Given
        final JsonElement resources =
                requireNonNull(OBJECTS.get("Kustomization/")).getAsJsonObject().get("resources");

        // When, Then
        assertThat(resources.getAsJsonArray()).isNotEmpty().allSatisfy(each -> assertThat(
                        FOLDER.resolve(each.getAsString()))
                .isRegularFile());
    }

    @Test
    void bridge_takesItsConfiguration() throws Exception {
        // Given
        final String xml = requireNonNull(requireNonNull(
                        read("ConfigMap/hivemq-config", V1ConfigMap.class).getData())
                .get("bridge.xml"));
        Files.copy(Certificates.in(folder.resolve("certificates")).ca(), folder.resolve("kafka-ca.pem"));
        for (final String secret : secrets(xml)) {
            if (!Files.exists(folder.resolve(secret))) {
                Files.writeString(folder.resolve(secret), "secret");
            }
        }
        final Path file = folder.resolve("bridge.xml");
        Files.writeString(file, xml.replace("/secrets/", folder + "/"));

        // When
        try (JarProcess check = JarProcess.start(
                folder,
                Artifacts.bridgeJar(),
                "check",
                file.toString(),
                "--topic",
                "devices/d1/telemetry",
                "--payload",
                "x")) {

            // Then
            assertThat(check.exitCode()).as(check.errors()).isZero();
            assertThat(check.output()).contains("telemetry");
        }
    }

    @Test
    void secrets_thatFilesNameAreInTheReadme() throws IOException {
        // Given
        final Set<String> needed = new LinkedHashSet<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (final Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                needed.addAll(secrets(Files.readString(file)));
            }
        }
        needed.add("mqtt-keystore-password");

        // When
        final String readme = Files.readString(FOLDER.resolve("README.md"));

        // Then
        assertThat(needed).contains("kafka-password", "users", "mqtt.p12");
        assertThat(needed).allSatisfy(name -> assertThat(readme).containsPattern("--from-(file|literal)=" + name));
    }

    @Test
    void probesAndServices_nameThePortsThatTheConfigurationOpens() {
        // Given
        final String bridge =
                requireNonNull(OBJECTS.get("ConfigMap/hivemq-config")).toString();
        final List<String> ports = new ArrayList<>();
        requireNonNull(hivemq().getPorts()).forEach(each -> ports.add(each.getName() + "=" + each.getContainerPort()));

        // When, Then
        assertThat(ports).containsExactly("mqtts=8883", "monitoring=9398");
        assertThat(bridge).contains("<port>8883</port>", "<port>9398</port>");
        assertThat(path(hivemq().getStartupProbe())).isEqualTo("monitoring/health/live");
        assertThat(path(hivemq().getLivenessProbe())).isEqualTo("monitoring/health/live");
        assertThat(path(hivemq().getReadinessProbe())).isEqualTo("monitoring/health/ready");
        assertThat(pod().getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(30L);
    }

    private static String path(final V1Probe probe) {
        final var get = requireNonNull(probe.getHttpGet());
        return get.getPort().getStrValue() + get.getPath();
    }

    private static Set<String> secrets(final String text) {
        final Set<String> names = new LinkedHashSet<>();
        final Matcher matcher = SECRET.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
