package io.kafkabridge.auth.users;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kafkabridge.auth.file.Parsed;
import io.kafkabridge.auth.file.Problem;
import io.kafkabridge.auth.file.TextFile;

/**
 * Reads Apache's htpasswd format: a line {@code user:hash} or {@code user:hash:comment} for each user. Blank lines and lines that
 * start with {@code #} don't count. Hashes other than bcrypt are refused. No message holds a hash: it may be a password in clear.
 *
 * <p>A line with a mistake puts out its user and nobody else. Only where nothing but mistakes is left, as in a file of another
 * kind, the whole file is refused.
 */
public final class HtpasswdFormat {

    private final Map<String, BcryptHash> hashes = new HashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Problem> mistakes = new ArrayList<>();

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
        String user = line.substring(0, Math.max(0, colon));
        if (line.indexOf(TextFile.NOT_UTF_8) >= 0) {
            mistakes.add(new Problem(number, "a character is not UTF-8; save the file as UTF-8"));
            lines.putIfAbsent(user, number);
            hashes.remove(user); // Perhaps it was to replace the line before.
            return;
        }
        if (user.isEmpty()) {
            mistakes.add(new Problem(number, "expected user:hash; make the line with: htpasswd -B <file> <user>"));
            return;
        }
        Integer before = lines.putIfAbsent(user, number);
        if (before != null) {
            hashes.remove(user);
            mistakes.add(new Problem(
                    number,
                    "user '%s' stands in line %d already, so that neither counts; delete one of the two lines"
                            .formatted(user, before)));
            return;
        }
        String hash = hash(line);
        BcryptHash.parse(hash)
                .ifPresentOrElse(bcrypt -> take(number, user, bcrypt), () -> refuse(number, user, kind(hash)));
    }

    /** The second field of a line; what follows its colon is a comment, for Apache as for nginx. */
    public static String hash(String line) {
        return line.split(":", 3)[1];
    }

    /** The third field of a line with the colon before it; empty when there is none. */
    public static String comment(String line) {
        String[] fields = line.split(":", 3);
        return fields.length < 3 ? "" : ":" + fields[2];
    }

    private void take(int number, String user, BcryptHash hash) {
        if (hash.cost() < BcryptHash.MIN_COST || hash.cost() > BcryptHash.MAX_COST) {
            mistakes.add(new Problem(
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
        mistakes.add(new Problem(
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
        String users =
                switch (count) {
                    case 0 -> "no user, nobody can log in";
                    case 1 -> "1 user";
                    default -> count + " users";
                };
        boolean usable = count > 0 || mistakes.isEmpty();
        String summary = mistakes.isEmpty() ? users : users + "; lines with mistakes are left out";
        return new Parsed<>(new Users(hashes), summary, usable ? List.of() : mistakes, usable ? mistakes : List.of());
    }
}
