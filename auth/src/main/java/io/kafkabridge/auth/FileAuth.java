package io.kafkabridge.auth;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.client.ClientContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.auth.file.WatchedFile;
import io.kafkabridge.auth.permissions.Acl;
import io.kafkabridge.auth.permissions.AclFormat;
import io.kafkabridge.auth.users.HtpasswdFormat;
import io.kafkabridge.auth.users.PasswordChecker;
import io.kafkabridge.auth.users.Users;

/** The parts of the extension, put together, and the one thread that reads the files again. Thread safe. */
final class FileAuth implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileAuth.class);

    private final WatchedFile<Users> users;
    private final WatchedFile<Acl> acl;
    private final PasswordChecker passwords;
    private final ConnectedClients clients;
    private final LoginMetrics metrics;
    private final RateLimitedLog log = new RateLimitedLog();
    private final FileAuthenticator authenticator;
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "hivemq-file-auth-files");
        thread.setDaemon(true);
        return thread;
    });

    FileAuth(FileLocations files, PasswordChecker.Limits limits, ConnectedClients clients, LoginMetrics metrics) {
        this.users = new WatchedFile<>("users file", files.users(), HtpasswdFormat::parse, this::apply);
        this.acl = new WatchedFile<>("permissions file", files.permissions(), AclFormat::parse, this::apply);
        this.passwords = new PasswordChecker(
                limits, (password, hash) -> metrics.bcrypt().timeSupplier(() -> hash.matches(password)));
        this.clients = clients;
        this.metrics = metrics;
        this.authenticator = new FileAuthenticator(users, acl, passwords, clients, metrics, log);
        metrics.gaugeWaiting(passwords::waiting);
    }

    /** Reads the files, and again each second from now on. */
    @SuppressWarnings("FutureReturnValueIgnored") // both tasks run until close() and don't throw
    void start() {
        poll();
        poller.scheduleWithFixedDelay(this::poll, 1, 1, TimeUnit.SECONDS);
        poller.scheduleWithFixedDelay(log::endMinute, 1, 1, TimeUnit.MINUTES);
    }

    /** What decides about logins. */
    SimpleAuthenticator authenticator() {
        return authenticator;
    }

    /** Prepares the connection of a client that this extension let in; leaves others alone. */
    void initialize(ClientContext context) {
        clients.find(context.getDefaultPermissions()).ifPresent(login -> {
            context.addSubscribeInboundInterceptor(new SubscriptionGuard(login));
            if (login.resumesSession()) {
                clients.removeForbiddenSubscriptions(login);
            }
        });
    }

    private void poll() {
        try {
            users.poll();
            acl.poll();
        } catch (RuntimeException e) {
            LOG.error("Could not read the users and permissions files; trying again in a second.", e);
        }
    }

    private void apply() {
        users.current().ifPresent(knownUsers -> acl.current().ifPresent(rules -> clients.apply(knownUsers, rules)));
    }

    @Override
    public void close() {
        poller.shutdownNow();
        passwords.close();
        metrics.remove();
    }
}
