package io.kafkabridge.extension.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigCopyTest {

    @TempDir
    private Path folder;

    private Optional<String> copy(final String xml) throws Exception {
        final Path file = Files.writeString(folder.resolve("config.xml"), xml);
        return ConfigCopy.of(file).map(text -> new String(text, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a><password>secret</password></a>",
                "<a><password><![CDATA[secret]]></password></a>",
                "<a><password>pre${ENV:X}</password></a>",
                "<a><client-secret>secret</client-secret></a>",
                "<a><private-key-password>secret</private-key-password></a>",
                "<a><left-out><api-key>secret</api-key></left-out></a>",
                "<a><token-endpoint>https://user:secret@host/token</token-endpoint></a>",
                "<a><property><name>sasl.jaas.config</name><value>secret</value></property></a>",
                "<a><property><name>my.password</name><value>secret</value></property></a>"
            })
    void secretThatIsWrittenOut_isNotCopied(final String xml) throws Exception {
        assertThat(copy(xml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a><password>${ENV:X}</password></a>",
                "<a><password> ${FILE:/run/secrets/x} </password></a>",
                "<a><password/></a>",
                "<a><token-endpoint>https://host/token</token-endpoint></a>",
                "<a><property><name>linger.ms</name><value>5</value></property></a>",
                "<a><property><name>sasl.jaas.config</name><value>${ENV:JAAS}</value></property></a>",
                "<?xml version=\"1.0\"?>\r\n<a>ol\u00e1 <![CDATA[<!-- no comment -->]]></a>\n"
            })
    void anythingElse_isCopiedAsItIs(final String xml) throws Exception {
        assertThat(copy(xml)).contains(xml);
    }

    @Test
    void comments_areBlank_andLinesStay() throws Exception {
        assertThat(copy("<a><!-- x\n--><?pi?><b/></a>"))
                .contains("<a>" + " ".repeat(6) + "\n" + " ".repeat(3 + 6) + "<b/></a>");
    }

    @Test
    void utf16_isNotCopied() throws Exception {
        final Path file = folder.resolve("config.xml");
        Files.writeString(file, "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>", StandardCharsets.UTF_16);

        assertThat(ConfigCopy.of(file)).isEmpty();
    }
}
