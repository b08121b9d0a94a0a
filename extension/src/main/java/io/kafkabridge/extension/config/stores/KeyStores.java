package io.kafkabridge.extension.config.stores;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.Secret;
import io.kafkabridge.extension.model.FileVersion;

/**
 * Looks into keystores and truststores, JKS and PKCS12. Each method throws {@link IllegalArgumentException} with the broken
 * rule, and never shows a password.
 */
public final class KeyStores {

    private KeyStores() {}

    /** The file, if it is a store. */
    public static FileVersion store(final FileVersion file) {
        try {
            KeyStore.getInstance(file.path().toFile(), (char[]) null);
        } catch (final KeyStoreException e) {
            throw new IllegalArgumentException("is neither a JKS nor a PKCS12 store", e);
        } catch (final IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("the store can't be read: " + e.getMessage(), e);
        }
        return file;
    }

    /** The file, if it is a store that can be read with or without a password, whichever there is. */
    public static FileVersion truststore(final FileVersion file, final boolean hasPassword) {
        store(file);
        if (!hasPassword && certificates(open(file.path(), null)).isEmpty()) {
            throw new IllegalArgumentException("nothing can be read from it without its <password>; add that");
        }
        return file;
    }

    /** The password, if it opens a store with certificates to trust. */
    public static Secret truststorePassword(final Path file, final Secret password) {
        if (certificates(open(file, password)).isEmpty()) {
            throw new IllegalArgumentException("opens a store without any certificate to trust; add one: keytool"
                    + " -importcert -file ca.pem -keystore " + file);
        }
        return password;
    }

    /**
     * The password, if it opens a store with a key.
     *
     * @param oneForBoth whether it must open the key too
     */
    public static Secret keystorePassword(final Path file, final Secret password, final boolean oneForBoth) {
        final KeyStore store = open(file, password);
        if (keys(store).isEmpty()) {
            throw new IllegalArgumentException("opens a store without any private key: is it a truststore?");
        }
        if (oneForBoth && !opensKeys(store, password)) {
            throw new IllegalArgumentException(
                    "opens the store and not the key in it; add <private-key-password>, the key's own");
        }
        return password;
    }

    /** The key's password, if it opens every key of the store. */
    public static Secret keyPassword(final Path file, final Secret storePassword, final Secret keyPassword) {
        if (!opensKeys(open(file, storePassword), keyPassword)) {
            throw new IllegalArgumentException("isn't the password of the private key in " + file);
        }
        return keyPassword;
    }

    private static boolean opensKeys(final KeyStore store, final Secret password) {
        try {
            for (final String alias : keys(store)) {
                store.getKey(alias, password.value().toCharArray());
            }
            return true;
        } catch (final UnrecoverableKeyException e) {
            return false;
        } catch (final GeneralSecurityException e) {
            throw new IllegalArgumentException("the key can't be read: " + e.getMessage(), e);
        }
    }

    private static KeyStore open(final Path file, final @Nullable Secret password) {
        try {
            return KeyStore.getInstance(
                    file.toFile(), password == null ? null : password.value().toCharArray());
        } catch (final IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new IllegalArgumentException("isn't the password of " + file, e);
            }
            throw new IllegalArgumentException("the store can't be read: " + e.getMessage(), e);
        } catch (final GeneralSecurityException e) {
            throw new IllegalArgumentException("the store can't be read: " + e.getMessage(), e);
        }
    }

    private static List<String> keys(final KeyStore store) {
        return aliases(store).stream().filter(alias -> isKey(store, alias)).toList();
    }

    private static boolean isKey(final KeyStore store, final String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (final KeyStoreException e) {
            throw new IllegalStateException("The store was loaded", e);
        }
    }

    private static List<String> certificates(final KeyStore store) {
        return aliases(store).stream()
                .filter(alias -> hasCertificate(store, alias))
                .toList();
    }

    private static boolean hasCertificate(final KeyStore store, final String alias) {
        try {
            return store.getCertificate(alias) != null;
        } catch (final KeyStoreException e) {
            throw new IllegalStateException("The store was loaded", e);
        }
    }

    private static List<String> aliases(final KeyStore store) {
        try {
            return Collections.list(store.aliases());
        } catch (final KeyStoreException e) {
            throw new IllegalStateException("The store was loaded", e);
        }
    }
}
