package io.kafkabridge.auth.users;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class BcryptHashTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a short password, secret, $2y$05$y5y3ancO0C/Gc6F/UeUxte6pEzYMky2jxUs5llR00wjcUFb0a04qy",
        "a password of other letters, çã€, $2y$05$bfsOmXUbUiVTjWKF5D8TAuA6t3zh2PGOyD4qE4RfVWpLNMrhcn4Hu",
    })
    void hashOfApachesHtpasswd_isVerified(String name, String password, String hash) {
        BcryptHash bcrypt = BcryptHash.parse(hash).orElseThrow();

        assertThat(bcrypt.matches(password.getBytes(UTF_8))).isTrue();
        assertThat(bcrypt.matches("wrong".getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest(name = "{0} bytes")
    @CsvSource({
        "71, $2y$05$SDiRSD5h3WGHODNbrZP/7eh79G/zFngcR7pMv46e2QE.aNVULPLgy",
        "72, $2y$05$A2GOpFWSf0mykpbfeZ3KD.RyecB0xG6Xq.dIoUpeBljsTCGNsPmuq",
        "100, $2y$05$RtB5DM9/m.lknhgi0GBWUeE8YF0Wg0w0Cdr/5WVgWfr.LV6uLxRte",
    })
    void longPasswordOfApachesHtpasswd_isVerified(int length, String hash) {
        assertThat(BcryptHash.parse(hash)
                        .orElseThrow()
                        .matches("a".repeat(length).getBytes(UTF_8)))
                .isTrue();
    }

    @Test
    void of_andMatches_agree() {
        BcryptHash hash = BcryptHash.of("secret".getBytes(UTF_8), 4);

        assertThat(BcryptHash.parse(hash.text())).contains(hash);
        assertThat(hash.matches("secret".getBytes(UTF_8))).isTrue();
        assertThat(hash.matches("Secret".getBytes(UTF_8))).isFalse();
    }

    @Test
    void toString_hidesTheHash() {
        assertThat(BcryptHash.of("secret".getBytes(UTF_8), 4)).hasToString("bcrypt hash of cost 4");
    }
}
