package io.kafkabridge.auth.users;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The users of one version of the users file. Immutable. */
public final class Users {

    private final Map<String, BcryptHash> hashes;
    private final BcryptHash decoy;

    Users(Map<String, BcryptHash> hashes) {
        this.hashes = Map.copyOf(hashes);
        this.decoy = BcryptHash.decoy(usualCost(this.hashes));
    }

    /** The hash of the user's password; empty for an unknown user. */
    public Optional<BcryptHash> hash(String user) {
        return Optional.ofNullable(hashes.get(user));
    }

    /**
     * What to check the password of an unknown user against. Its cost is that of most users, so that the time of a
     * refusal doesn't tell which users exist.
     */
    public BcryptHash decoy() {
        return decoy;
    }

    private static int usualCost(Map<String, BcryptHash> hashes) {
        Map<Integer, Long> users = hashes.values().stream()
                .map(BcryptHash::cost)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return users.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .map(Map.Entry::getKey)
                .orElse(BcryptHash.DEFAULT_COST);
    }
}
