package io.kafkabridge.extension.config;

import java.util.Optional;
import java.util.regex.Pattern;

import io.kafkabridge.common.Secret;
import io.kafkabridge.extension.model.Monitoring;

/** Reads a {@code <monitoring>}. */
final class MonitoringReader {

    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*|(?=.*:.*:)[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?");

    private MonitoringReader() {}

    static Monitoring read(final Section section) {
        section.allow("port", "bind-address", "username", "password");
        final Optional<String> username = section.optional("username", MonitoringReader::username);
        final Optional<Secret> password = section.optional("password", Values::secret);
        if (section.has("username") != section.has("password")) {
            section.problem("<username> and <password> go together; write both or none");
        }
        return new Monitoring(
                section.optional("bind-address", MonitoringReader::address).orElse(Monitoring.DEFAULT_ADDRESS),
                section.optional("port", text -> Values.intBetween(text, 1, 65_535))
                        .orElse(Monitoring.DEFAULT_PORT),
                username.flatMap(name -> password.map(secret -> new Monitoring.User(name, secret))));
    }

    private static String address(final String text) {
        if (!ADDRESS.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be an address of this machine, such as 127.0.0.1, ::1, or 0.0.0.0 for all of them");
        }
        return text;
    }

    private static String username(final String text) {
        if (text.contains(":")) {
            throw new IllegalArgumentException("has a colon in it, which basic authentication can't transmit");
        }
        return Values.nonEmpty(text);
    }
}
