package io.kafkabridge.extension.config.stores;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import io.kafkabridge.common.Secret;
import io.kafkabridge.extension.model.FileVersion;
import io.kafkabridge.extension.model.Tls;

/**
 * Looks into PEM files (RFC 7468), to tell what kafka-clients couldn't use of them. Each method throws
 * {@link IllegalArgumentException} with the broken rule, and never shows a key or a password.
 */
public final class PemFiles {

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN (?:X509 )?CERTIFICATE-----([^-]*)-----END (?:X509 )?CERTIFICATE-----");
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN (?<kind>[A-Z ]*)PRIVATE KEY-----(?<content>.*?)-----END [A-Z ]*PRIVATE KEY-----",
            Pattern.DOTALL);

    /** What kafka-clients tries ({@code DefaultSslEngineFactory}). */
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "DSA", "EC");

    /** RFC 8018, section 6.2: what today's openssl writes. Its parameters say more. */
    private static final String PBES2 = "PBES2";

    private PemFiles() {}

    /**
     * A private key as it is in its file now: PEM, PKCS#8, not encrypted.
     *
     * @throws IllegalStateException when there is none any more
     */
    public static Secret readKey(final Tls.PemKey pem) {
        try {
            final byte[] content = key(pem.key().path(), pem.keyPassword()).getEncoded();
            return new Secret("-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(content) + "\n-----END PRIVATE KEY-----\n");
        } catch (final IllegalArgumentException e) {
            throw new IllegalStateException(pem.key().path() + ": " + e.getMessage(), e);
        }
    }

    /** The file, if it holds certificates. */
    public static FileVersion withCertificates(final FileVersion file) {
        firstCertificate(file.path());
        return file;
    }

    /** The file, if it holds a key that the password opens and that belongs to the certificate. */
    public static FileVersion withKey(
            final FileVersion file, final Optional<Secret> password, final Optional<FileVersion> certificate) {
        final PrivateKey key = key(file.path(), password);
        certificate.ifPresent(other -> {
            if (!belongTogether(key, firstCertificate(other.path()).getPublicKey())) {
                throw new IllegalArgumentException("isn't the key of <certificate-file>; its first certificate must be"
                        + " the bridge's own, those of authorities follow");
            }
        });
        return file;
    }

    private static Certificate firstCertificate(final Path file) {
        final Matcher matcher = CERTIFICATE.matcher(text(file));
        if (!matcher.find()) {
            throw new IllegalArgumentException(
                    "holds no PEM certificate (-----BEGIN CERTIFICATE-----); convert DER with: openssl x509 -inform der -in "
                            + file + " -out " + file + ".pem");
        }
        try {
            final CertificateFactory factory = CertificateFactory.getInstance("X.509");
            final Certificate first = certificate(factory, matcher.group(1));
            while (matcher.find()) {
                certificate(factory, matcher.group(1));
            }
            return first;
        } catch (final CertificateException | IllegalArgumentException e) {
            throw new IllegalArgumentException("holds a broken certificate: " + e.getMessage(), e);
        }
    }

    private static Certificate certificate(final CertificateFactory factory, final String base64)
            throws CertificateException {
        return factory.generateCertificate(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64)));
    }

    /** The private key in a file, decrypted. kafka-clients can't do that on every JVM: 17 doesn't know the name PBES2. */
    public static PrivateKey key(final Path file, final Optional<Secret> password) {
        final Matcher matcher = KEY.matcher(text(file));
        if (!matcher.find()) {
            throw new IllegalArgumentException("holds no PEM key (-----BEGIN PRIVATE KEY-----)");
        }
        final byte[] content = Base64.getMimeDecoder().decode(matcher.group("content"));
        switch (matcher.group("kind")) {
            case "" -> {
                if (password.isPresent()) {
                    throw new IllegalArgumentException("the key isn't encrypted; remove <key-password>");
                }
                return decoded(new PKCS8EncodedKeySpec(content));
            }
            case "ENCRYPTED " -> {
                final Secret known = password.orElseThrow(
                        () -> new IllegalArgumentException("the key is encrypted; add <key-password>, its password"));
                return decoded(decrypted(file, content, known));
            }
            default ->
                throw new IllegalArgumentException("begins with \"BEGIN " + matcher.group("kind")
                        + "PRIVATE KEY\", and kafka-clients takes PKCS#8 only; " + convert(file, "-nocrypt"));
        }
    }

    private static String convert(final Path file, final String encryption) {
        return "convert it: openssl pkcs8 -topk8 " + encryption + " -in " + file + " -out " + file + ".p8";
    }

    private static PrivateKey decoded(final PKCS8EncodedKeySpec spec) {
        return KEY_ALGORITHMS.stream()
                .flatMap(algorithm -> decoded(spec, algorithm).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("holds no key that kafka-clients takes: RSA or EC"));
    }

    private static Optional<PrivateKey> decoded(final PKCS8EncodedKeySpec spec, final String algorithm) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (final GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static PKCS8EncodedKeySpec decrypted(final Path file, final byte[] content, final Secret password) {
        final EncryptedPrivateKeyInfo info;
        final SecretKeyFactory factory;
        final Cipher cipher;
        try {
            info = new EncryptedPrivateKeyInfo(content);
            final String algorithm =
                    info.getAlgName().equals(PBES2) ? info.getAlgParameters().toString() : info.getAlgName();
            factory = SecretKeyFactory.getInstance(algorithm);
            cipher = Cipher.getInstance(algorithm);
        } catch (final IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the key is encrypted in a way that this JVM doesn't know; " + convert(file, "-v2 aes-256-cbc"), e);
        }
        try {
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    factory.generateSecret(new PBEKeySpec(password.value().toCharArray())),
                    info.getAlgParameters());
            return info.getKeySpec(cipher);
        } catch (final GeneralSecurityException e) {
            throw new IllegalArgumentException("<key-password> isn't the password of the key", e);
        }
    }

    private static boolean belongTogether(final PrivateKey key, final PublicKey certified) {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            return false;
        }
        final byte[] something = {1, 2, 3};
        try {
            final Signature signature = Signature.getInstance(
                    key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256with" + key.getAlgorithm());
            signature.initSign(key);
            signature.update(something);
            final byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(something);
            return signature.verify(signed);
        } catch (final GeneralSecurityException e) {
            return false;
        }
    }

    private static String text(final Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1); // Any bytes: it may be DER.
        } catch (final IOException e) {
            throw new IllegalArgumentException("the file can't be read: " + e.getMessage(), e);
        }
    }
}
