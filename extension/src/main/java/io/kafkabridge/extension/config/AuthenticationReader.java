package io.kafkabridge.extension.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.Secret;
import io.kafkabridge.extension.config.stores.PemFiles;
import io.kafkabridge.extension.model.Authentication;
import io.kafkabridge.extension.model.Authentication.Login;
import io.kafkabridge.extension.model.Authentication.Mechanism;
import io.kafkabridge.extension.model.Authentication.OAuthBearer;
import io.kafkabridge.extension.model.FileVersion;

/** Reads an {@code <authentication>}. */
final class AuthenticationReader {

    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._-]+(:\\d{1,5})?");

    private AuthenticationReader() {}

    /** Empty for {@code <no-auth>}, and after a problem. */
    static Optional<Authentication> read(final Section section) {
        section.allow("no-auth", "plain", "scram-sha256", "scram-sha512", "oauthbearer");
        final List<Optional<Authentication>> found = new ArrayList<>();
        for (final Mechanism mechanism : Mechanism.values()) {
            section.section(mechanism.element()).ifPresent(child -> found.add(login(child, mechanism)));
        }
        section.section("oauthbearer").ifPresent(child -> found.add(oauthBearer(child)));
        section.section("no-auth").ifPresent(child -> {
            child.allow();
            found.add(Optional.empty());
        });
        if (found.size() != 1) {
            section.problem("it takes one of <plain>, <scram-sha256>, <scram-sha512>, <oauthbearer> and <no-auth>");
            return Optional.empty();
        }
        return found.get(0);
    }

    private static Optional<Authentication> login(final Section section, final Mechanism mechanism) {
        section.allow("username", "password");
        final @Nullable String username = section.required("username", Values::nonEmpty);
        final @Nullable Secret password = section.required("password", Values::secret);
        return username == null || password == null
                ? Optional.empty()
                : Optional.of(new Login(mechanism, username, password));
    }

    private static Optional<Authentication> oauthBearer(final Section section) {
        section.allow("token-endpoint", "client-id", "client-secret", "scope", "ca-file");
        final @Nullable String endpoint = section.required("token-endpoint", AuthenticationReader::endpoint);
        final @Nullable String id = section.required("client-id", Values::nonEmpty);
        final @Nullable Secret secret = section.required("client-secret", AuthenticationReader::clientSecret);
        final Optional<String> scope = section.optional("scope", Values::nonEmpty);
        final Optional<FileVersion> caFile = section.optional(
                "ca-file", text -> PemFiles.withCertificates(section.files().readable(text)));
        return endpoint == null || id == null || secret == null
                ? Optional.empty()
                : Optional.of(new OAuthBearer(endpoint, id, secret, scope, caFile));
    }

    private static String endpoint(final String text) {
        final URI uri;
        try {
            uri = new URI(text);
        } catch (final URISyntaxException e) {
            throw new IllegalArgumentException("must be a URL such as https://login.example.com/oauth2/token", e);
        }
        final String scheme = String.valueOf(uri.getScheme());
        // Java knows no host in https://my_idp/token, since names of the DNS have no underscore. Containers have.
        final boolean named = uri.getHost() != null
                || AUTHORITY.matcher(String.valueOf(uri.getRawAuthority())).matches();
        if ((!scheme.equals("https") && !scheme.equals("http")) || !named) {
            throw new IllegalArgumentException("must be a URL such as https://login.example.com/oauth2/token");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("has a user in it; write <client-id> and <client-secret> instead");
        }
        if (text.contains(",")) {
            // The system property that allows it to kafka-clients is a list with commas.
            throw new IllegalArgumentException("has a comma in it, which kafka-clients can't take");
        }
        return text;
    }

    private static Secret clientSecret(final String text) {
        if (!text.equals(text.strip())) {
            throw new IllegalArgumentException("begins or ends with a space, which kafka-clients cuts off");
        }
        return Values.secret(text);
    }
}
