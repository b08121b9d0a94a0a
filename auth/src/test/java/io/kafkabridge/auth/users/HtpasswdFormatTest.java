package io.kafkabridge.auth.users;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.auth.file.Parsed;
import io.kafkabridge.auth.file.Problem;

import static org.assertj.core.api.Assertions.assertThat;

class HtpasswdFormatTest {

    private static final String HASH = "$05$y5y3ancO0C/Gc6F/UeUxte6pEzYMky2jxUs5llR00wjcUFb0a04qy";

    @Test
    void usersCommentsAndBlankLines_areRead() {
        Parsed<Users> parsed = HtpasswdFormat.parse(
                "# people\n\nalice:$2y" + HASH + "\r\nbob smith:$2a" + HASH + "\n  carol:$2b" + HASH + "  ");

        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.summary()).isEqualTo("3 users");
        assertThat(parsed.content().hash("alice")).isPresent();
        assertThat(parsed.content().hash("bob smith")).isPresent();
        assertThat(parsed.content().hash("carol")).isPresent();
        assertThat(parsed.content().hash("Alice")).isEmpty();
    }

    @Test
    void emptyFile_letsNobodyIn() {
        assertThat(HtpasswdFormat.parse("").summary()).isEqualTo("no user, nobody can log in");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "MD5 | bob:$apr1$x$abc | the password of user 'bob' is an MD5 hash, only bcrypt is accepted; set it again with: htpasswd -B <file> bob",
                "SHA-1 | bob:{SHA}abc | the password of user 'bob' is a SHA-1 hash, only bcrypt is accepted; set it again with: htpasswd -B <file> bob",
                "SHA-512 | bob:$6$abc | the password of user 'bob' is a SHA-2 crypt hash, only bcrypt is accepted; set it again with: htpasswd -B <file> bob",
                "Mosquitto | bob:$7$101$a$b | the password of user 'bob' is a hash of mosquitto_passwd, only bcrypt is accepted; set it again with: htpasswd -B <file> bob",
                "clear text | bob:secret | the password of user 'bob' is not a bcrypt hash, only bcrypt is accepted; set it again with: htpasswd -B <file> bob",
                "cut bcrypt | bob:$2y$05$abc | the password of user 'bob' is a damaged or outdated bcrypt hash, only bcrypt is accepted; set it again with: htpasswd -B <file> bob",
                "no hash | bob | expected user:hash; make the line with: htpasswd -B <file> <user>",
                "no user | :$2y$05$y5y3ancO0C/Gc6F/UeUxte6pEzYMky2jxUs5llR00wjcUFb0a04qy | expected user:hash; make the line with: htpasswd -B <file> <user>",
                "too dear | bob:$2y$31$y5y3ancO0C/Gc6F/UeUxte6pEzYMky2jxUs5llR00wjcUFb0a04qy | the bcrypt cost of user 'bob' is 31, it must be 4 to 15; set the password again with: htpasswd -B -C 10 <file> bob",
            })
    void brokenLine_isToldWithNumberAndAdvice_butWithoutTheHash(String name, String line, String message) {
        Parsed<Users> parsed = HtpasswdFormat.parse("# first\n" + line + "\nalice:$2y" + HASH);

        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.warnings()).containsExactly(new Problem(2, message));
        assertThat(parsed.content().hash("alice")).isPresent();
        assertThat(parsed.content().hash("bob")).isEmpty();
    }

    @Test
    void thirdField_isAComment() {
        // When
        Parsed<Users> parsed =
                HtpasswdFormat.parse("bob:$2y" + HASH + ":a comment: with colons\ncarol:$2y" + HASH + ":");

        // Then
        assertThat(parsed.warnings()).isEmpty();
        assertThat(parsed.content().hash("bob")).isPresent().isEqualTo(BcryptHash.parse("$2y" + HASH));
        assertThat(parsed.content().hash("carol")).isPresent();
    }

    @Test
    void mistakes_putOutTheirUsersOnly_andAreToldAtOnce() {
        // When
        Parsed<Users> parsed = HtpasswdFormat.parse(
                "a:x\nb:$2y" + HASH + "\nb:$2y" + HASH + "\nc\nd\uFFFD:$2y" + HASH + "\ne:$2y" + HASH);

        // Then
        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "line 1: the password of user 'a' is not a bcrypt hash, only bcrypt is accepted; set it again"
                                + " with: htpasswd -B <file> a",
                        "line 3: user 'b' stands in line 2 already, so that neither counts; delete one of the two lines",
                        "line 4: expected user:hash; make the line with: htpasswd -B <file> <user>",
                        "line 5: a character is not UTF-8; save the file as UTF-8");
        assertThat(parsed.summary()).isEqualTo("1 user; lines with mistakes are left out");
        assertThat(parsed.content().hash("b")).isEmpty();
        assertThat(parsed.content().hash("e")).isPresent();
    }

    @Test
    void secondLineThatIsNotUtf8_putsOutItsUserAsWell() {
        // When
        Parsed<Users> parsed = HtpasswdFormat.parse(
                "b:$2y" + HASH + "\nb:$2y" + HASH + ":\uFFFD\nc:\uFFFD\nc:$2y" + HASH + "\na:$2y" + HASH);

        // Then
        assertThat(parsed.warnings()).extracting(Problem::line).containsExactly(2, 3, 4);
        assertThat(parsed.content().hash("b")).isEmpty();
        assertThat(parsed.content().hash("c")).isEmpty();
        assertThat(parsed.content().hash("a")).isPresent();
    }

    /** Somebody copied another file there: better the users before than none. */
    @Test
    void fileOfMistakesOnly_isRefused() {
        Parsed<Users> parsed = HtpasswdFormat.parse("<html>\nuser: x\n");

        assertThat(parsed.errors()).hasSize(2);
        assertThat(parsed.warnings()).isEmpty();
    }

    @Test
    void decoy_costsWhatMostUsersCost() {
        String dear = HASH.replace("$05$", "$12$");

        Users users = HtpasswdFormat.parse("a:$2y" + HASH + "\nb:$2y" + dear + "\nc:$2y" + dear)
                .content();

        assertThat(users.decoy().cost()).isEqualTo(12);
        assertThat(HtpasswdFormat.parse("").content().decoy().cost()).isEqualTo(BcryptHash.DEFAULT_COST);
    }
}
