package io.kafkabridge.publisher;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;

import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.Causes;

/**
 * Why a connection failed or ended, in words.
 *
 * @param text what happened, to be read after a colon
 * @param permanent whether trying again is pointless, because somebody has to change a setting first
 */
record BrokerFailure(String text, boolean permanent) {

    /** Explains an attempt to connect. */
    static BrokerFailure of(MqttException failure, BrokerAddress broker) {
        if (Causes.find(failure, UnknownHostException.class) != null) {
            return new BrokerFailure("unknown host '" + broker.host() + "'; check BROKER_ADDR", true);
        }
        SSLException tlsFailure = Causes.find(failure, SSLException.class);
        if (tlsFailure != null) {
            return tls(tlsFailure, broker);
        }
        if (Causes.find(failure, NoRouteToHostException.class) != null) {
            return new BrokerFailure("no route to the host", false);
        }
        if (Causes.find(failure, ConnectException.class) != null) {
            return new BrokerFailure("connection refused, nothing listens there", false);
        }
        if (Causes.find(failure, SocketTimeoutException.class) != null
                || failure.getReasonCode() == MqttClientException.REASON_CODE_CLIENT_TIMEOUT) {
            return new BrokerFailure("no answer", false);
        }
        if (ReasonCode.isFailure(failure.getReasonCode())) {
            return refusedLogin(failure.getReasonCode());
        }
        String hint = broker.tls() ? "" : "; if this port needs TLS, use ssl://" + broker;
        return new BrokerFailure(cause(failure) + hint, false);
    }

    /** Explains the end of a connection that had been made. */
    static BrokerFailure of(MqttDisconnectResponse end) {
        MqttException failure = end.getException();
        if (failure != null) {
            Integer code = refusedMessage(end);
            return code == null
                    ? new BrokerFailure(cause(failure), false)
                    : new BrokerFailure("a message was refused", code == ReasonCode.NOT_AUTHORIZED);
        }
        return switch (end.getReturnCode()) {
            case ReasonCode.SESSION_TAKEN_OVER ->
                new BrokerFailure(
                        "another client connected with the same client id (0x8E); give each its own --client-id", true);
            case ReasonCode.NOT_AUTHORIZED ->
                new BrokerFailure("not authorized (0x87); check what the broker lets this user publish", true);
            case ReasonCode.PACKET_TOO_LARGE -> new BrokerFailure("the message is too large (0x95)", true);
            default -> new BrokerFailure("the broker ended it: " + ReasonCode.describe(end.getReturnCode()), false);
        };
    }

    /** The code with which the broker refused a QoS 2 message (PUBREC), on which Paho ends the connection; or null. */
    static @Nullable Integer refusedMessage(MqttDisconnectResponse end) {
        MqttException failure = end.getException();
        return failure != null && ReasonCode.isFailure(failure.getReasonCode()) ? failure.getReasonCode() : null;
    }

    private static BrokerFailure refusedLogin(int code) {
        return switch (code) {
            case 0x86, ReasonCode.NOT_AUTHORIZED ->
                new BrokerFailure(
                        "login refused, " + ReasonCode.describe(code) + "; check HIVE_USER and HIVE_PSWD", true);
            case 0x84, 0x85, 0x8A, 0x8C -> new BrokerFailure("login refused, " + ReasonCode.describe(code), true);
            default -> new BrokerFailure(ReasonCode.describe(code), false);
        };
    }

    private static BrokerFailure tls(SSLException e, BrokerAddress broker) {
        String message = String.valueOf(e.getMessage());
        if (Causes.find(e, CertificateExpiredException.class) != null) {
            return new BrokerFailure("its certificate has expired", true);
        }
        if (Causes.find(e, CertPathBuilderException.class) != null || message.contains("PKIX path")) {
            return new BrokerFailure(
                    "its certificate is not signed by a trusted CA; set BROKER_CA_FILE to the CA's PEM file", true);
        }
        CertificateException mismatch = Causes.find(e, CertificateException.class);
        if (mismatch != null) {
            return new BrokerFailure("its certificate is not valid here: " + mismatch.getMessage(), true);
        }
        if (message.startsWith("Unsupported or unrecognized SSL message")) {
            return new BrokerFailure("this port does not speak TLS; without TLS use tcp://" + broker, true);
        }
        if (Causes.find(e, InvalidAlgorithmParameterException.class) != null) {
            return new BrokerFailure("the JVM's truststore holds no CA; check javax.net.ssl.trustStore", true);
        }
        return new BrokerFailure("TLS failed, " + message + "; if this port has no TLS, use tcp://" + broker, false);
    }

    private static String cause(MqttException failure) {
        if (Causes.find(failure, EOFException.class) != null || Causes.find(failure, SocketException.class) != null) {
            return "the broker closed the connection";
        }
        return switch (failure.getReasonCode()) {
            case MqttClientException.REASON_CODE_CLIENT_TIMEOUT, MqttClientException.REASON_CODE_WRITE_TIMEOUT ->
                "the broker no longer answers";
            default -> String.valueOf(failure.getCause() == null ? failure.getMessage() : failure.getCause());
        };
    }
}
