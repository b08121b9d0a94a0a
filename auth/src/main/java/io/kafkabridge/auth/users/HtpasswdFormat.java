package io.kafkabridge.auth.users;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kafkabridge.auth.file.Parsed;
import io.kafkabridge.auth.file.Problem;

/**
 * Reads Apache's htpasswd format: a line {@code user:hash} for each user. Blank lines and lines that start with {@code #}
 * don't count. Hashes other than bcrypt are refused. No message holds a hash: it may be a password in clear.
 */
public final class HtpasswdFormat {

    private final Map<String, BcryptHash> hashes = new HashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Problem> errors = new ArrayList<>();

    private HtpasswdFormat() {}

    /** Reads the text of a users file. */
    public static Parsed<Users> parse(String text) {
        HtpasswdFormat format = new HtpasswdFormat();
        int number = 0;
        for (String line : text.lines().toList()) {
            format.read(++number, line.strip());
        }
        return format.result();
    }

    private void read(int number, String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        int colon = line.indexOf(':');
        if (colon <= 0) {
            errors.add(new Problem(number, "expected user:hash; make the line with: htpasswd -B <file> <user>"));
            return;
        }
        String user = line.substring(0, colon);
        Integer before = lines.putIfAbsent(user, number);
        if (before != null) {
            errors.add(new Problem(
                    number,
                    "user '%s' stands in line %d already; delete one of the two lines".formatted(user, before)));
            return;
        }
        String hash = line.substring(colon + 1);
        BcryptHash.parse(hash)
                .ifPresentOrElse(bcrypt -> take(number, user, bcrypt), () -> refuse(number, user, kind(hash)));
    }

    private void take(int number, String user, BcryptHash hash) {
        if (hash.cost() < BcryptHash.MIN_COST || hash.cost() > BcryptHash.MAX_COST) {
            errors.add(new Problem(
                    number,
                    "the bcrypt cost of user '%s' is %d, it must be %d to %d; set the password again with: htpasswd -B -C %d <file> %s"
                            .formatted(
                                    user,
                                    hash.cost(),
                                    BcryptHash.MIN_COST,
                                    BcryptHash.MAX_COST,
                                    BcryptHash.DEFAULT_COST,
                                    user)));
            return;
        }
        hashes.put(user, hash);
    }

    private void refuse(int number, String user, String kind) {
        errors.add(new Problem(
                number,
                "the password of user '%s' is %s, only bcrypt is accepted; set it again with: htpasswd -B <file> %s"
                        .formatted(user, kind, user)));
    }

    private static String kind(String hash) {
        if (hash.matches("\\$2[abxy]\\$.*")) {
            return "a damaged or outdated bcrypt hash";
        }
        if (hash.startsWith("$apr1$") || hash.startsWith("$1$")) {
            return "an MD5 hash";
        }
        if (hash.startsWith("{SHA}")) {
            return "a SHA-1 hash";
        }
        if (hash.startsWith("$5$") || hash.startsWith("$6$")) {
            return "a SHA-2 crypt hash";
        }
        if (hash.startsWith("$7$")) {
            return "a hash of mosquitto_passwd";
        }
        return "not a bcrypt hash";
    }

    private Parsed<Users> result() {
        int count = hashes.size();
        String summary =
                switch (count) {
                    case 0 -> "no user, nobody can log in";
                    case 1 -> "1 user";
                    default -> count + " users";
                };
        return new Parsed<>(new Users(hashes), summary, errors, List.of());
    }
}
