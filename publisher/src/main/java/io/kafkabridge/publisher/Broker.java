package io.kafkabridge.publisher;

import javax.net.SocketFactory;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.Secret;

/**
 * The broker and who we are to it.
 *
 * @param user null to log in without a user name
 * @param password null to log in without a password
 * @param sockets makes the connections when the address asks for TLS
 */
record Broker(
        BrokerAddress address,
        String clientId,
        @Nullable String user,
        @Nullable Secret password,
        SocketFactory sockets) {

    /** The same broker for another client. */
    Broker as(String otherClientId) {
        return new Broker(address, otherClientId, user, password, sockets);
    }
}
