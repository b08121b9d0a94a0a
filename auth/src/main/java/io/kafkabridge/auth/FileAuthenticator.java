package io.kafkabridge.auth;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import com.codahale.metrics.Timer;
import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.auth.permissions.ClientRules;
import io.kafkabridge.auth.users.BcryptHash;
import io.kafkabridge.auth.users.PasswordChecker;
import io.kafkabridge.auth.users.Users;
import io.kafkabridge.auth.users.Verdict;

/**
 * Lets a client in when its user and password are those of the users file, with the permissions of the permissions
 * file. Shared by all connections; thread safe.
 */
final class FileAuthenticator implements SimpleAuthenticator {

    private static final Logger LOG = LoggerFactory.getLogger(FileAuthenticator.class);

    /** Longer than a password may wait for its check: it only ends logins that got lost. */
    private static final Duration LONGEST_LOGIN = Duration.ofSeconds(20);

    private final CurrentFiles files;
    private final PasswordChecker passwords;
    private final ConnectedClients clients;
    private final LoginMetrics metrics;
    private final ClientLog log;

    FileAuthenticator(
            CurrentFiles files,
            PasswordChecker passwords,
            ConnectedClients clients,
            LoginMetrics metrics,
            ClientLog log) {
        this.files = files;
        this.passwords = passwords;
        this.clients = clients;
        this.metrics = metrics;
        this.log = log;
    }

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        ConnectPacket connect = input.getConnectPacket();
        String clientId = input.getClientInformation().getClientId();
        Optional<String> user = connect.getUserName();
        Optional<ByteBuffer> password = connect.getPassword();
        Optional<Users> known = files.users().get();
        if (user.isEmpty() || password.isEmpty()) {
            refuse(output, clientId, user.orElse(""), Refusal.ANONYMOUS);
        } else if (known.isEmpty() || files.acl().get().isEmpty()) {
            refuse(output, clientId, user.get(), Refusal.NO_FILES);
        } else {
            BcryptHash hash = known.get().hash(user.get()).orElse(known.get().decoy());
            byte[] bytes = new byte[password.get().remaining()];
            password.get().get(bytes);
            Attempt attempt = new Attempt(
                    input.getConnectionInformation(),
                    clientId,
                    user.get(),
                    hash,
                    !connect.getCleanStart(),
                    connect.getWillPublish().map(PublishPacket::getTopic).orElse(""),
                    metrics.login().time());
            decide(attempt, passwords.check(user.get(), bytes, hash), output);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // answer() takes the failure and throws none
    private void decide(Attempt attempt, CompletableFuture<Verdict> verdict, SimpleAuthOutput output) {
        if (verdict.isDone()) {
            verdict.whenComplete((result, failure) -> answer(attempt, result, failure, output));
            return;
        }
        Async<SimpleAuthOutput> async =
                output.async(LONGEST_LOGIN, TimeoutFallback.FAILURE, ConnackReasonCode.SERVER_BUSY);
        verdict.whenComplete((result, failure) -> {
            if (async.getStatus() == Async.Status.RUNNING) {
                answer(attempt, result, failure, output);
                async.resume();
            }
        });
    }

    private void answer(
            Attempt attempt, @Nullable Verdict verdict, @Nullable Throwable failure, SimpleAuthOutput output) {
        attempt.time().stop();
        try {
            if (verdict == null) {
                throw new IllegalStateException("The password could not be checked", failure);
            }
            switch (verdict) {
                case ACCEPTED -> accept(attempt, output);
                case REFUSED -> refuse(output, attempt.clientId(), attempt.user(), Refusal.WRONG_PASSWORD);
                case BUSY -> refuse(output, attempt.clientId(), attempt.user(), Refusal.BUSY);
            }
        } catch (RuntimeException e) {
            LOG.error("Could not log in client '{}'; it is refused.", attempt.clientId(), e);
            refuse(output, attempt.clientId(), attempt.user(), Refusal.FAILURE);
        }
    }

    private void accept(Attempt attempt, SimpleAuthOutput output) {
        ClientRules rules = files.acl().get().orElseThrow().rulesFor(attempt.user(), attempt.clientId());
        Login login = new Login(
                attempt.clientId(),
                attempt.user(),
                attempt.hash(),
                attempt.resumesSession(),
                attempt.willTopic(),
                output.getDefaultPermissions(),
                rules);
        clients.add(attempt.connection(), login);
        // The files may have changed meanwhile. Whoever changes them from here on finds this login among the clients.
        if (!files.stillHas(login.user(), login.hash())) {
            clients.remove(attempt.connection());
            refuse(output, login.clientId(), login.user(), Refusal.CHANGED);
            return;
        }
        if (!rules.skipped().isEmpty()) {
            log.warn(
                    login.clientId(),
                    login.user(),
                    "patterns of the permissions file don't count for a client whose user or id has one of + # / in it");
        }
        output.authenticateSuccessfully(true);
    }

    private void refuse(SimpleAuthOutput output, String clientId, String user, Refusal refusal) {
        (refusal.isTemporary() ? metrics.busy() : metrics.refused()).inc();
        log.warn(clientId, user, "refused, " + refusal.reason());
        output.failAuthentication(refusal.code(), refusal.reason());
    }

    /**
     * A login whose password is being checked.
     *
     * @param hash what it is checked against
     * @param willTopic where its last will goes; empty when it has none
     * @param time runs since the client's CONNECT
     */
    private record Attempt(
            ConnectionInformation connection,
            String clientId,
            String user,
            BcryptHash hash,
            boolean resumesSession,
            String willTopic,
            Timer.Context time) {}
}
