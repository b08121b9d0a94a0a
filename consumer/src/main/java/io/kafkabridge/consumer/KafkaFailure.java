package io.kafkabridge.consumer;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

import io.kafkabridge.common.Causes;
import io.kafkabridge.common.CommandFailure;

/** Says in one line what is wrong with the connection to Kafka, and what to do about it. */
final class KafkaFailure {
    private KafkaFailure() {}

    static CommandFailure explain(Exception failure, KafkaOptions kafka) {
        return CommandFailure.failed(line(failure, kafka), failure);
    }

    static CommandFailure unknownTopic(String topic, KafkaOptions kafka) {
        return CommandFailure.failed(
                "Topic '" + topic + "' does not exist on " + kafka.bootstrapServers()
                        + "; create it, or choose another with --topic",
                null);
    }

    private static String line(Exception failure, KafkaOptions kafka) {
        String servers = kafka.bootstrapServers();
        ConfigException setting = Causes.find(failure, ConfigException.class);
        if (setting != null) {
            String rule = String.valueOf(setting.getMessage());
            return rule.contains("No resolvable bootstrap")
                    ? "Unknown host in '" + servers + "'; check BOOTSTRAP_SERVERS"
                    : "Wrong Kafka setting: " + rule;
        }
        if (Causes.find(failure, SslAuthenticationException.class) != null) {
            return "Cannot connect to " + servers + ": " + tls(failure);
        }
        AuthenticationException login = Causes.find(failure, AuthenticationException.class);
        if (login != null) {
            String check = login instanceof SaslAuthenticationException
                    ? "API_KEY and API_SECRET"
                    : "KAFKA_SECURITY_PROTOCOL and KAFKA_SASL_MECHANISM";
            return "Cannot log in to " + servers + ": " + login.getMessage() + "; check " + check;
        }
        TopicAuthorizationException topics = Causes.find(failure, TopicAuthorizationException.class);
        if (topics != null) {
            return user(kafka) + " may not read topic " + String.join(", ", topics.unauthorizedTopics());
        }
        if (Causes.find(failure, GroupAuthorizationException.class) != null) {
            return user(kafka) + " may not use group " + kafka.group() + "; choose another with --group";
        }
        if (Causes.find(failure, InvalidTopicException.class) != null) {
            return "No legal topic name: " + failure.getMessage();
        }
        return "Kafka failed: " + failure.getMessage();
    }

    private static String tls(Exception failure) {
        if (Causes.find(failure, CertPathBuilderException.class) != null) {
            return "its certificate is not signed by a trusted CA; set KAFKA_CA_FILE to the CA's PEM file";
        }
        CertificateException certificate = Causes.find(failure, CertificateException.class);
        if (certificate != null) {
            return "its certificate is not valid here: " + certificate.getMessage();
        }
        String detail = failure.getCause() == null
                ? failure.getMessage()
                : failure.getCause().getMessage();
        return "TLS failed, " + detail + "; check KAFKA_SECURITY_PROTOCOL";
    }

    private static String user(KafkaOptions kafka) {
        return kafka.apiKey() == null ? "The anonymous user" : "User " + kafka.apiKey();
    }
}
