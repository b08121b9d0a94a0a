package io.kafkabridge.extension.config;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.Secret;
import io.kafkabridge.extension.config.stores.KeyStores;
import io.kafkabridge.extension.model.FileVersion;
import io.kafkabridge.extension.model.Tls.Keystore;
import io.kafkabridge.extension.model.Tls.Truststore;

/** Reads a {@code <truststore>} and a {@code <keystore>}. */
public final class StoreReader {

    private StoreReader() {}

    /** Checks what can be checked of a {@code <tls>}'s stores without their files. */
    public static void skim(final Section tls) {
        tls.section("truststore").ifPresent(store -> {
            store.allow("path", "password");
            store.required("path", Values::nonEmpty);
            store.optional("password", Values::secret);
        });
        tls.section("keystore").ifPresent(store -> {
            store.allow("path", "password", "private-key-password");
            store.required("path", Values::nonEmpty);
            store.required("password", Values::secret);
            store.optional("private-key-password", Values::secret);
        });
    }

    static Optional<Truststore> truststore(final Section store) {
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

    static Optional<Keystore> keystore(final Section store) {
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
