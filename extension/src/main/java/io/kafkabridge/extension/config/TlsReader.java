package io.kafkabridge.extension.config;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.Nearest;
import io.kafkabridge.common.Secret;
import io.kafkabridge.extension.config.stores.KeyStores;
import io.kafkabridge.extension.config.stores.PemFiles;
import io.kafkabridge.extension.model.FileVersion;
import io.kafkabridge.extension.model.Tls;
import io.kafkabridge.extension.model.Tls.Keystore;
import io.kafkabridge.extension.model.Tls.PemKey;
import io.kafkabridge.extension.model.Tls.Truststore;

/**
 * Reads a {@code <tls>}. Opens every file with the JDK, as Kafka will: a wrong password is told now, and not once a minute
 * later.
 */
final class TlsReader {

    private static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

    private final Section section;

    private TlsReader(final Section section) {
        this.section = section;
    }

    /** Empty when it is switched off: then its files need not exist. */
    static Optional<Tls> read(final Section section) {
        section.allow(
                "enabled",
                "ca-file",
                "truststore",
                "keystore",
                "certificate-file",
                "key-file",
                "key-password",
                "protocols",
                "cipher-suites",
                "hostname-verification");
        if (section.optional("enabled", Values::bool).orElse(true)) {
            return Optional.of(new TlsReader(section).read());
        }
        skim(section);
        return Optional.empty();
    }

    /** Checks what can be checked without files and values, which are those of another place, or none. */
    private static void skim(final Section section) {
        section.unused("ca-file", "certificate-file", "key-file", "key-password");
        skimStores(section);
        final TlsReader reader = new TlsReader(section);
        reader.protocols();
        reader.cipherSuites();
        reader.hostnameVerification();
    }

    private Tls read() {
        final Optional<FileVersion> caFile = section.optional(
                "ca-file", text -> PemFiles.withCertificates(section.files().readable(text)));
        final Optional<Section> truststore = section.section("truststore");
        if (caFile.isPresent() && truststore.isPresent()) {
            section.problem("<ca-file> and <truststore> both say whom to trust; keep one");
        }
        final Optional<Section> keystore = section.section("keystore");
        if (keystore.isPresent()
                && (section.has("certificate-file") || section.has("key-file") || section.has("key-password"))) {
            section.problem("<keystore> and <certificate-file> both give the bridge's own certificate; keep one");
        }
        final List<String> protocols = protocols();
        final List<String> cipherSuites = cipherSuites();
        if (!protocols.isEmpty()
                && !cipherSuites.isEmpty()
                && cipherSuites.stream().noneMatch(suite -> protocols.contains(protocolOf(suite)))) {
            section.problem("no <cipher-suite> belongs to a <protocol>: those of TLSv1.3 begin with TLS_AES_ or"
                    + " TLS_CHACHA20_, those of TLSv1.2 don't");
        }
        return new Tls(
                caFile,
                truststore.flatMap(TlsReader::truststore),
                keystore.flatMap(TlsReader::keystore),
                pemKey(),
                protocols,
                cipherSuites,
                hostnameVerification());
    }

    private List<String> protocols() {
        return list("protocols", "protocol", TlsReader::protocol);
    }

    private List<String> cipherSuites() {
        return list("cipher-suites", "cipher-suite", cipherSuite());
    }

    private boolean hostnameVerification() {
        return section.optional("hostname-verification", Values::bool).orElse(true);
    }

    private Optional<PemKey> pemKey() {
        if (section.has("certificate-file") && !section.has("key-file")) {
            section.problem("<key-file> is missing in it: the key of <certificate-file>");
        }
        if (!section.has("certificate-file") && (section.has("key-file") || section.has("key-password"))) {
            section.problem("<certificate-file> is missing in it: the certificate of <key-file>");
        }
        final Optional<FileVersion> certificate = section.optional(
                "certificate-file",
                text -> PemFiles.withCertificates(section.files().readable(text)));
        final Optional<Secret> password = section.optional("key-password", Values::secret);
        final Optional<FileVersion> key = section.optional(
                "key-file", text -> PemFiles.withKey(section.files().readable(text), password, certificate));
        return certificate.isPresent() && key.isPresent()
                ? Optional.of(new PemKey(certificate.get(), key.get(), password))
                : Optional.empty();
    }

    private List<String> list(final String name, final String item, final Function<String, String> parser) {
        return section.section(name)
                .map(child -> child.listOf(item).list(item, parser))
                .orElse(List.of());
    }

    private static String protocol(final String text) {
        if (!PROTOCOLS.contains(text)) {
            throw new IllegalArgumentException("must be " + String.join(" or ", PROTOCOLS));
        }
        return text;
    }

    private static String protocolOf(final String cipherSuite) {
        return cipherSuite.startsWith("TLS_AES_") || cipherSuite.startsWith("TLS_CHACHA20_") ? "TLSv1.3" : "TLSv1.2";
    }

    private static Function<String, String> cipherSuite() {
        final List<String> known;
        try {
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            known = List.of(context.getSupportedSSLParameters().getCipherSuites());
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has TLS", e);
        }
        return text -> {
            if (!known.contains(text)) {
                throw new IllegalArgumentException("this JVM has no such cipher suite; "
                        + Nearest.of(text, known)
                                .map(nearest -> "did you mean " + nearest + "?")
                                .orElse("an example: TLS_AES_256_GCM_SHA384"));
            }
            return text;
        };
    }

    /** Checks what can be checked of a {@code <tls>}'s stores without their files. */
    private static void skimStores(final Section tls) {
        tls.section("truststore").ifPresent(store -> {
            store.allow("path", "password");
            store.requiredUnused("path");
            store.unused("password");
        });
        tls.section("keystore").ifPresent(store -> {
            store.allow("path", "password", "private-key-password");
            store.requiredUnused("path");
            store.requiredUnused("password");
            store.unused("private-key-password");
        });
    }

    private static Optional<Truststore> truststore(final Section store) {
        store.allow("path", "password");
        final boolean hasPassword = store.has("password");
        final @Nullable FileVersion file = store.required(
                "path", text -> KeyStores.truststore(store.files().readable(text), hasPassword));
        final Optional<Secret> password = store.optional(
                "password",
                text -> file == null
                        ? Values.secret(text)
                        : KeyStores.truststorePassword(file.path(), Values.secret(text)));
        return file == null ? Optional.empty() : Optional.of(new Truststore(file, password));
    }

    private static Optional<Keystore> keystore(final Section store) {
        store.allow("path", "password", "private-key-password");
        final boolean oneForBoth = !store.has("private-key-password");
        final @Nullable FileVersion file =
                store.required("path", text -> KeyStores.store(store.files().readable(text)));
        final @Nullable Secret password = store.required(
                "password",
                text -> file == null
                        ? Values.secret(text)
                        : KeyStores.keystorePassword(file.path(), Values.secret(text), oneForBoth));
        final Optional<Secret> keyPassword = store.optional(
                "private-key-password",
                text -> file == null || password == null
                        ? Values.secret(text)
                        : KeyStores.keyPassword(file.path(), password, Values.secret(text)));
        return file == null || password == null
                ? Optional.empty()
                : Optional.of(new Keystore(file, password, keyPassword.orElse(password)));
    }
}
