package io.kafkabridge.extension.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.common.Secret;
import io.kafkabridge.extension.model.Authentication;
import io.kafkabridge.extension.model.Authentication.Login;
import io.kafkabridge.extension.model.Authentication.Mechanism;
import io.kafkabridge.extension.model.Authentication.OAuthBearer;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.FileVersion;

import static org.assertj.core.api.Assertions.assertThat;

class AuthenticationConfigTest extends ConfigFixture {

    private static final String OAUTH = """
            <oauthbearer><token-endpoint>https://login.example.com/token</token-endpoint><client-id>bridge</client-id>
            <client-secret>s3cret</client-secret><!-- and --></oauthbearer>
            """;

    private Optional<Authentication> authentication(final String content) throws Exception {
        return cluster("<authentication>" + content + "</authentication>").authentication();
    }

    @ParameterizedTest
    @CsvSource({"plain, PLAIN", "scram-sha256, SCRAM_SHA_256", "scram-sha512, SCRAM_SHA_512"})
    void read_ofAUserAndAPassword_takesThem(final String element, final Mechanism mechanism) throws Exception {
        assertThat(authentication("<%1$s><username>u</username><password>p</password></%1$s>".formatted(element)))
                .contains(new Login(mechanism, "u", new Secret("p")));
    }

    @Test
    void read_ofNoAuth_isNone() throws Exception {
        assertThat(authentication("<no-auth/>")).isEmpty();
    }

    @Test
    void read_ofOAuthBearer_takesItsClient() throws Exception {
        // When
        final Optional<Authentication> authentication = authentication(OAUTH);

        // Then
        assertThat(authentication)
                .contains(new OAuthBearer(
                        "https://login.example.com/token",
                        "bridge",
                        new Secret(SECRET),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(authentication.toString()).doesNotContain(SECRET);
    }

    @Test
    void read_ofOAuthBearerWithAll_takesAll() throws Exception {
        // Given
        final Path ca = home.resolve("ca.pem");
        Files.writeString(ca, TestKeys.pkcs12(home.resolve("ca.p12")).certificatePem());

        // When
        final OAuthBearer oauth = (OAuthBearer)
                authentication(OAUTH.replace("<!-- and -->", "<scope>kafka write</scope><ca-file>ca.pem</ca-file>"))
                        .orElseThrow();

        // Then
        assertThat(oauth.scope()).contains("kafka write");
        assertThat(oauth.caFile()).contains(FileVersion.of(ca));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://my_idp/token", "https://my_idp:8443/token", "http://idp-/t"})
    void read_ofATokenEndpointWithAnyHostName_takesIt(final String endpoint) throws Exception {
        final OAuthBearer oauth =
                (OAuthBearer) authentication(OAUTH.replace("https://login.example.com/token", endpoint))
                        .orElseThrow();

        assertThat(oauth.tokenEndpoint()).isEqualTo(endpoint);
    }

    /** One break at the end of a file is the editor's and goes; another one is seldom meant. */
    @ParameterizedTest
    @ValueSource(strings = {"p\n", "p\r\n", "p\n\n"})
    void read_ofAPasswordThatEndsWithALineBreak_takesIt_andSaysSo(final String password) throws Exception {
        // Given
        final Map<String, String> environment = Map.of("PASSWORD", password);
        Files.writeString(home.resolve("password"), password + "\n");

        for (final String from : List.of("${ENV:PASSWORD}", "${FILE:password}")) {
            // When
            final BridgeConfig config = read(
                    with("<authentication><plain><username>u</username><password>" + from
                            + "</password></plain></authentication>"),
                    environment);

            // Then
            assertThat(config.clusters().get(0).authentication())
                    .contains(new Login(Mechanism.PLAIN, "u", new Secret(password)));
            assertThat(config.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("line 6, column ")
                    .contains("plain > password: it ends with a line break");
        }
    }

    @Test
    void read_ofAPasswordWithALineBreakInIt_takesIt() throws Exception {
        Files.writeString(home.resolve("password"), "a\nb\n");

        final BridgeConfig config = read(with("<authentication><plain><username>u</username>"
                + "<password>${FILE:password}</password></plain></authentication>"));

        assertThat(config.clusters().get(0).authentication())
                .contains(new Login(Mechanism.PLAIN, "u", new Secret("a\nb")));
        assertThat(config.warnings()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | it takes one of <plain>, <scram-sha256>, <scram-sha512>, <oauthbearer> and <no-auth>",
                "<plain/> | authentication > plain: <username> is missing in it",
                "<no-auth/><plain><username>u</username><password>p</password></plain> | it takes one of <plain>,",
                "<no-auth>yes</no-auth> | authentication > no-auth: there is text between its elements",
                "<oauthbearer/> | authentication > oauthbearer: <token-endpoint> is missing in it",
                "<oauthbearer><client-secret> </client-secret></oauthbearer> | client-secret: the value is empty",
                "<oauthbearer><client-secret>${ENV:SPACE}</client-secret></oauthbearer> | begins or ends with a space",
                "<oauthbearer><token-endpoint>login.example.com</token-endpoint></oauthbearer> | must be a URL such as https",
                "<oauthbearer><token-endpoint>file:///tmp/t</token-endpoint></oauthbearer> | must be a URL such as https",
                "<oauthbearer><token-endpoint>https://a b</token-endpoint></oauthbearer> | must be a URL such as https",
                "<oauthbearer><token-endpoint>https://a/b,c</token-endpoint></oauthbearer> | has a comma in it",
                "<oauthbearer><token-endpoint>https://u:s3cret@a/b</token-endpoint></oauthbearer> | \"https://***@a/b\": has a user",
                "<oauthbearer><ca-file>no.pem</ca-file></oauthbearer> | oauthbearer > ca-file: \"no.pem\": there is no readable"
            })
    void read_ofAMistake_saysWhereAndWhatToDo(final String content, final String problem) {
        assertThat(problems(with("<authentication>" + content + "</authentication>")))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }
}
