package io.kafkabridge.auth.users;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategy;

/** The bcrypt hash of a password, as htpasswd files hold it. Never printed: {@link #toString} gives only its cost. */
public final class BcryptHash {

    /** Cost of new hashes: 2^10 rounds, some 50 ms on a present-day core. */
    public static final int DEFAULT_COST = 10;

    /** The lowest cost that bcrypt knows. */
    public static final int MIN_COST = 4;

    /** 2^15 rounds take seconds: more would only hold up everybody else's login. */
    public static final int MAX_COST = 15;

    /** bcrypt looks at no more bytes of a password than these. */
    public static final int MAX_PASSWORD_BYTES = 72;

    private static final Pattern FORMAT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final String ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final LongPasswordStrategy AS_APACHE = LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2Y);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;
    private final int cost;

    private BcryptHash(String text, int cost) {
        this.text = text;
        this.cost = cost;
    }

    /** Reads {@code $2a$}, {@code $2b$} and {@code $2y$} hashes, which differ in name only; empty for anything else. */
    public static Optional<BcryptHash> parse(String text) {
        Matcher matcher = FORMAT.matcher(text);
        return matcher.matches()
                ? Optional.of(new BcryptHash(text, Integer.parseInt(matcher.group(1))))
                : Optional.empty();
    }

    /** Hashes a password. Takes as long as the cost says. Bytes beyond {@link #MAX_PASSWORD_BYTES} don't count. */
    public static BcryptHash of(byte[] password, int cost) {
        byte[] hash = BCrypt.with(BCrypt.Version.VERSION_2Y, RANDOM, AS_APACHE).hash(cost, password);
        return new BcryptHash(new String(hash, StandardCharsets.US_ASCII), cost);
    }

    /** A hash that no known password has, made at once: checking against it takes as long as against a real one. */
    static BcryptHash decoy(int cost) {
        StringBuilder text = new StringBuilder(String.format("$2y$%02d$", cost));
        RANDOM.ints(53, 0, ALPHABET.length()).forEach(i -> text.append(ALPHABET.charAt(i)));
        return new BcryptHash(text.toString(), cost);
    }

    /** Checks a password. Takes as long as the cost says. Bytes beyond {@link #MAX_PASSWORD_BYTES} don't count. */
    public boolean matches(byte[] password) {
        return BCrypt.verifyer(null, AS_APACHE).verify(password, text.getBytes(StandardCharsets.US_ASCII)).verified;
    }

    public int cost() {
        return cost;
    }

    /** The hash as it stands in the file: a secret. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BcryptHash hash && text.equals(hash.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "bcrypt hash of cost " + cost;
    }
}
