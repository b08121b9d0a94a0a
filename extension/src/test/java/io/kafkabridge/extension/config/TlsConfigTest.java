package io.kafkabridge.extension.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.common.Secret;
import io.kafkabridge.extension.config.stores.PemFiles;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.FileVersion;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.Tls;

import static org.assertj.core.api.Assertions.assertThat;

class TlsConfigTest extends ConfigFixture {

    private static final String OWN_PEM = "<certificate-file>own.pem</certificate-file><key-file>own.key</key-file>";

    @TempDir
    private static Path keys;

    /** Files that every test finds in its home. */
    @BeforeAll
    static void makeKeys() throws Exception {
        final TestKeys own = TestKeys.pkcs12(keys.resolve("own.p12"));
        final TestKeys other = TestKeys.jks(keys.resolve("other.jks"));
        own.writeTruststore(keys.resolve("trust.p12"));
        Files.writeString(keys.resolve("own.pem"), "Bag Attributes: none\n" + own.certificatePem());
        Files.writeString(keys.resolve("own.key"), own.keyPem());
        Files.writeString(keys.resolve("own.enc.key"), own.encryptedKeyPem());
        Files.writeString(keys.resolve("other.pem"), other.certificatePem());
        Files.writeString(keys.resolve("other.key"), other.keyPem());
        Files.writeString(keys.resolve("chain.pem"), own.certificatePem() + other.certificatePem());
        Files.writeString(keys.resolve("pkcs1.key"), TestKeys.pem("RSA PRIVATE KEY", new byte[10]));
        Files.writeString(keys.resolve("broken.pem"), TestKeys.pem("CERTIFICATE", new byte[10]));
        Files.writeString(keys.resolve("broken.key"), TestKeys.pem("PRIVATE KEY", new byte[10]));
    }

    @BeforeEach
    void copyKeys() throws IOException {
        try (Stream<Path> files = Files.list(keys)) {
            for (final Path file : files.toList()) {
                Files.copy(file, home.resolve(file.getFileName()));
            }
        }
    }

    private Tls tls(final String content) throws Exception {
        return cluster("<tls>" + content + "</tls>").tls().orElseThrow();
    }

    private FileVersion version(final String name) throws IOException {
        return FileVersion.of(home.resolve(name));
    }

    @Test
    void read_ofACaFile_findsItFromTheHome() throws Exception {
        // When
        final Tls tls = tls("<ca-file>chain.pem</ca-file>");

        // Then
        assertThat(tls)
                .isEqualTo(new Tls(
                        Optional.of(version("chain.pem")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        true));
    }

    @Test
    void read_ofStores_opensThem() throws Exception {
        // When
        final Tls tls = tls("""
                <truststore><path>trust.p12</path><password>store s3cret</password></truststore>
                <keystore><path>other.jks</path><password>store s3cret</password>
                  <private-key-password>key s3cret</private-key-password></keystore>
                """);

        // Then
        assertThat(tls.truststore())
                .contains(new Tls.Truststore(version("trust.p12"), Optional.of(new Secret(TestKeys.PASSWORD))));
        assertThat(tls.keystore())
                .contains(new Tls.Keystore(
                        version("other.jks"), new Secret(TestKeys.PASSWORD), new Secret(TestKeys.KEY_PASSWORD)));
        assertThat(tls.toString()).doesNotContain(SECRET);
    }

    @Test
    void read_ofAKeystoreWithOnePassword_takesItForTheKeyToo() throws Exception {
        // When
        final Tls tls = tls("<keystore><path>own.p12</path><password>store s3cret</password></keystore>");

        // Then
        assertThat(tls.keystore().orElseThrow().keyPassword()).isEqualTo(new Secret(TestKeys.PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OWN_PEM,
                "<certificate-file>chain.pem</certificate-file><key-file>own.key</key-file>",
                "<certificate-file>other.pem</certificate-file><key-file>other.key</key-file>",
                "<certificate-file>own.pem</certificate-file><key-file>own.enc.key</key-file>"
                        + "<key-password>key s3cret</key-password>"
            })
    void read_ofPemFiles_takesWhatBelongsTogether(final String files) throws Exception {
        assertThat(tls(files).pemKey()).isPresent();
    }

    @Test
    void read_ofProtocolsAndCipherSuites_takesThem() throws Exception {
        // When
        final Tls tls = tls("""
                <protocols><protocol>TLSv1.2</protocol><protocol>TLSv1.3</protocol></protocols>
                <cipher-suites><cipher-suite>TLS_AES_256_GCM_SHA384</cipher-suite></cipher-suites>
                """);

        // Then
        assertThat(tls.protocols()).containsExactly("TLSv1.2", "TLSv1.3");
        assertThat(tls.cipherSuites()).containsExactly("TLS_AES_256_GCM_SHA384");
    }

    @Test
    void readKey_ofAnEncryptedKey_isWhatKafkaCanReadOnEveryJvm() throws Exception {
        // Given
        final Tls.PemKey plain = tls(OWN_PEM).pemKey().orElseThrow();
        final Tls.PemKey encrypted = tls("<certificate-file>own.pem</certificate-file><key-file>own.enc.key</key-file>"
                        + "<key-password>key s3cret</key-password>")
                .pemKey()
                .orElseThrow();

        // Then
        assertThat(PemFiles.readKey(encrypted)).isEqualTo(PemFiles.readKey(plain));
        assertThat(PemFiles.readKey(plain).value().lines().findFirst()).contains("-----BEGIN PRIVATE KEY-----");
        assertThat(PemFiles.readKey(encrypted).toString()).isEqualTo("***");
    }

    @Test
    void read_ofTlsSwitchedOff_isPlainTextAndNeedsNoFiles() throws Exception {
        // When
        final KafkaCluster cluster = cluster("""
                <tls><enabled>false</enabled><truststore><path>no.p12</path></truststore>
                <keystore><path>no.p12</path><password>p</password></keystore></tls>
                """);

        // Then
        assertThat(cluster.tls()).isEmpty();
    }

    /** Files that are copied from one place to another have variables that aren't set, and passwords that are empty. */
    @Test
    void read_ofTlsSwitchedOff_looksAtNoValue() throws Exception {
        assertThat(cluster("""
                <tls><enabled>false</enabled><ca-file/>
                <truststore><path/><password></password></truststore>
                <keystore><path>${ENV:NOPE}</path><password>${FILE:nope}</password></keystore>
                <certificate-file> </certificate-file><key-file/><key-password>${NOPE}</key-password>
                </tls>
                """).tls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"own.pem", "own.key", "other.jks", "trust.p12", "chain.pem"})
    void read_afterAFileHasChanged_givesAnotherCluster(final String changed) throws Exception {
        // Given
        final String first = """
                <tls><ca-file>chain.pem</ca-file><certificate-file>own.pem</certificate-file><key-file>own.key</key-file></tls>
                """;
        final String second = """
                <tls><truststore><path>trust.p12</path><password>store s3cret</password></truststore>
                <keystore><path>other.jks</path><password>store s3cret</password>
                <private-key-password>key s3cret</private-key-password></keystore></tls>
                """;
        final String xml = first.contains(changed) ? first : second;
        final KafkaCluster before = cluster(xml);
        assertThat(cluster(xml)).isEqualTo(before);

        // When: what a tool may add without changing what the file says
        try (var out = Files.newOutputStream(home.resolve(changed), StandardOpenOption.APPEND)) {
            out.write('\n');
        }

        // Then
        assertThat(cluster(xml)).isNotEqualTo(before);
    }

    @Test
    void read_tellsTheFilesOfTls() throws Exception {
        // When
        final BridgeConfig config = read(with("<tls><ca-file>chain.pem</ca-file>" + OWN_PEM + "</tls>"), Map.of());

        // Then
        assertThat(config.files())
                .contains(home.resolve("chain.pem"), home.resolve("own.pem"), home.resolve("own.key"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "<enabled>maybe</enabled> | tls > enabled: \"maybe\": must be true or false",
                "<ca-file>no.pem</ca-file> | tls > ca-file: \"no.pem\": there is no readable file /",
                "<ca-file>own.p12</ca-file> | holds no PEM certificate (-----BEGIN CERTIFICATE-----); convert DER with",
                "<ca-file>broken.pem</ca-file> | tls > ca-file: \"broken.pem\": holds a broken certificate:",
                "<truststore/> | tls > truststore: <path> is missing in it",
                "<truststore><path>no</path></truststore> | truststore > path: \"no\": there is no readable file /",
                "<truststore><path>own.pem</path></truststore> | \"own.pem\": is neither a JKS nor a PKCS12 store",
                "<truststore><path>trust.p12</path></truststore> | truststore > path: \"trust.p12\": nothing can be read from it without its <password>; add",
                "<truststore><path>trust.p12</path><password>s3cret</password></truststore> | password: isn't the password of",
                "<keystore><path>own.p12</path></keystore> | tls > keystore: <password> is missing in it",
                "<keystore><path>own.p12</path><password>s3cret</password></keystore> | keystore > password: isn't the",
                "<keystore><path>trust.p12</path><password>store s3cret</password></keystore> | without any private key",
                "<keystore><path>other.jks</path><password>store s3cret</password></keystore> | opens the store and not the key in it; add <private-key-",
                "<keystore><path>other.jks</path><password>store s3cret</password><private-key-password>s3cret</private-key-password></keystore> | private-key-password: isn't the password of the private key in",
                "<certificate-file>own.pem</certificate-file> | tls: <key-file> is missing in it",
                "<key-file>own.key</key-file> | tls: <certificate-file> is missing in it",
                "<certificate-file>own.pem</certificate-file><key-file>other.key</key-file> | isn't the key of <certificate-file>",
                "<certificate-file>own.pem</certificate-file><key-file>pkcs1.key</key-file> | convert it: openssl pkcs8 -topk8",
                "<certificate-file>own.pem</certificate-file><key-file>broken.key</key-file> | holds no key that kafka-clients",
                "<certificate-file>own.pem</certificate-file><key-file>own.pem</key-file> | holds no PEM key (-----BEGIN",
                "<certificate-file>own.pem</certificate-file><key-file>own.enc.key</key-file> | the key is encrypted; add <key-",
                "<certificate-file>own.pem</certificate-file><key-file>own.key</key-file><key-password>p</key-password> | the key isn't encrypted; remove <key-password>",
                "<certificate-file>own.pem</certificate-file><key-file>own.enc.key</key-file><key-password>s3cret</key-password> | <key-password> isn't the password of the key",
                "<ca-file>own.pem</ca-file><truststore><path>trust.p12</path><password>store s3cret</password></truststore> | <ca-file> and <truststore> both say whom to trust; keep one",
                "<keystore><path>own.p12</path><password>store s3cret</password></keystore><certificate-file>own.pem</certificate-file><key-file>own.key</key-file> | <keystore> and <certificate-file> both give",
                "<ca-file/> | tls > ca-file: \"\": the value is empty",
                "<protocols/> | tls > protocols: at least one <protocol> is needed",
                "<protocols><protocol>TLSv1</protocol></protocols> | \"TLSv1\": must be TLSv1.2 or TLSv1.3",
                "<cipher-suites><cipher-suite>TLS_AES_256_GCM_SHA383</cipher-suite></cipher-suites> | did you mean TLS_AES_256_GCM_SHA384?",
                "<protocols><protocol>TLSv1.2</protocol></protocols><cipher-suites><cipher-suite>TLS_AES_256_GCM_SHA384</cipher-suite></cipher-suites> | no <cipher-suite> belongs to a <protocol>",
                "<enabled>false</enabled><keystore/> | tls > keystore: <path> is missing in it"
            })
    void read_ofAMistake_saysWhereAndWhatToDo(final String content, final String problem) {
        assertThat(problems(with("<tls>" + content + "</tls>")))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void read_ofTwoTruststores_tellsItOnce() {
        assertThat(problems(with(
                        "<tls><truststore><path>no</path></truststore><truststore><path>no</path></truststore></tls>")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("there is no readable file"),
                        second -> assertThat(second).contains("it stands here twice; keep one"));
    }
}
