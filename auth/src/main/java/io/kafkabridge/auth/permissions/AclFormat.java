package io.kafkabridge.auth.permissions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.auth.file.Parsed;
import io.kafkabridge.auth.file.Problem;
import io.kafkabridge.auth.file.TextFile;
import io.kafkabridge.common.TopicFilter;

/**
 * Reads Mosquitto's ACL file format: {@code user}, {@code topic} and {@code pattern} lines, see {@code acl_file} in
 * mosquitto.conf(5). Stricter where Mosquitto would take a mistake for something else.
 */
public final class AclFormat {

    private final Map<String, List<Rule>> rules = new HashMap<>();
    private final List<PatternRule> patterns = new ArrayList<>();
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private @Nullable String user;
    private int count;

    private AclFormat() {}

    /** Reads the text of a permissions file. */
    public static Parsed<Acl> parse(String text) {
        AclFormat format = new AclFormat();
        int number = 0;
        for (String line : text.lines().toList()) {
            format.read(++number, line.strip());
        }
        String summary = format.count == 0
                ? "no rule, nobody may publish or subscribe"
                : format.count + (format.count == 1 ? " rule" : " rules");
        return new Parsed<>(new Acl(format.rules, format.patterns), summary, format.errors, format.warnings);
    }

    private void read(int number, String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.indexOf(TextFile.NOT_UTF_8) >= 0) {
            errors.add(new Problem(number, "a character is not UTF-8; save the file as UTF-8"));
            return;
        }
        Words words = Words.of(line);
        switch (words.first()) {
            case "user" -> readUser(number, words.rest());
            case "topic", "pattern" -> readRule(number, words.first(), words.rest());
            default ->
                errors.add(new Problem(
                        number, "a line can't start with '" + words.first() + "'; use user, topic, pattern or #"));
        }
    }

    private void readUser(int number, String name) {
        if (name.isEmpty()) {
            errors.add(new Problem(number, "'user' needs a user name after it"));
            return;
        }
        user = name;
        rules.computeIfAbsent(name, any -> new ArrayList<>());
    }

    private void readRule(int number, String keyword, String definition) {
        Words words = Words.of(definition);
        Optional<Access> access = Access.of(words.first());
        if (definition.isEmpty() || (access.isPresent() && words.rest().isEmpty())) {
            errors.add(new Problem(
                    number,
                    "the topic filter is missing; write: " + keyword + " "
                            + (definition.isEmpty() ? "readwrite" : definition) + " <filter>"));
            return;
        }
        if (access.isEmpty() && !words.rest().isEmpty()) {
            errors.add(new Problem(
                    number,
                    "'" + words.first() + "' is none of read, write, readwrite, deny; a topic filter with a space needs"
                            + " one of them before it"));
            return;
        }
        String text = access.isPresent() ? words.rest() : definition;
        boolean pattern = keyword.equals("pattern");
        try {
            TopicFilter filter = filter(text, pattern);
            take(number, pattern, access.orElse(Access.READWRITE), filter);
        } catch (IllegalArgumentException e) {
            errors.add(new Problem(number, "topic filter '" + text + "': " + e.getMessage()));
        }
    }

    /**
     * The filter of a line.
     *
     * @throws IllegalArgumentException when it can't be one; the message is the rule
     */
    private static TopicFilter filter(String text, boolean pattern) {
        if (text.startsWith("$share/")) {
            throw new IllegalArgumentException(
                    "leave out '$share/<group>/': the filter counts for shared subscriptions too");
        }
        TopicFilter filter = TopicFilter.parse(text);
        if (text.endsWith("/")) {
            throw new IllegalArgumentException("HiveMQ overlooks a '/' at the end of a permission and would allow other"
                    + " topics; leave it out, or write '/#'");
        }
        if (pattern) {
            PatternRule.mistake(filter).ifPresent(mistake -> {
                throw new IllegalArgumentException(mistake);
            });
        }
        return filter;
    }

    private void take(int number, boolean pattern, Access access, TopicFilter filter) {
        if (pattern) {
            patterns.add(new PatternRule(access, filter));
            count++;
            return;
        }
        if (user == null) {
            warnings.add(new Problem(
                    number,
                    "a topic line before the first user line is for clients without a user, who can't log in here: it"
                            + " has no effect; put it below a user line, or write 'pattern' to mean all users"));
            return;
        }
        if (PatternRule.hasPlaceholder(filter)) {
            warnings.add(new Problem(
                    number, "%u and %c are replaced in pattern lines only; here they are part of the topic's name"));
        }
        rules.computeIfAbsent(user, any -> new ArrayList<>()).add(new Rule(access, filter));
        count++;
    }

    /** A line cut after its first word. */
    private record Words(String first, String rest) {

        static Words of(String line) {
            String[] words = line.split("\\s+", 2);
            return new Words(words[0], words.length == 2 ? words[1] : "");
        }
    }
}
