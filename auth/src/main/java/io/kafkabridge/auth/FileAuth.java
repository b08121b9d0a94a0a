package io.kafkabridge.auth;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
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
    private final ClientLog log = new ClientLog();
    private final FileAuthenticator authenticator;
    private final ConnectionEnds ends;
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "hivemq-file-auth-files");
        thread.setDaemon(true);
        return thread;
    });

    /** @param clients makes the list of connected clients, which follows the files */
    FileAuth(
            FileLocations files,
            PasswordChecker.Limits limits,
            Function<CurrentFiles, ConnectedClients> clients,
            LoginMetrics metrics) {
        this.users = new WatchedFile<>("users file", files.users(), HtpasswdFormat::parse, this::apply);
        this.acl = new WatchedFile<>("permissions file", files.permissions(), AclFormat::parse, this::apply);
        this.passwords = new PasswordChecker(
                limits, (password, hash) -> metrics.bcrypt().timeSupplier(() -> hash.matches(password)));
        CurrentFiles current = new CurrentFiles(users::current, acl::current);
        this.clients = clients.apply(current);
        this.metrics = metrics;
        this.authenticator = new FileAuthenticator(current, passwords, this.clients, metrics, log);
        this.ends = new ConnectionEnds(this.clients, metrics, log);
        metrics.gaugeWaiting(passwords::waiting);
    }

    /** Reads the files, and again each second from now on. */
    @SuppressWarnings("FutureReturnValueIgnored") // it runs until close() and doesn't throw
    void start() {
        poll();
        poller.scheduleWithFixedDelay(this::poll, 1, 1, TimeUnit.SECONDS);
    }

    /** What decides about logins. */
    SimpleAuthenticator authenticator() {
        return authenticator;
    }

    /** What hears of the ends of connections. */
    ClientLifecycleEventListener ends() {
        return ends;
    }

    /** Prepares the connection of a client that this extension let in; leaves others alone. */
    void initialize(ConnectionInformation connection, ClientContext context) {
        clients.find(connection).ifPresent(login -> {
            context.addSubscribeInboundInterceptor(new SubscriptionGuard(login));
            clients.connected(login);
            metrics.accepted().inc();
        });
    }

    private void poll() {
        try {
            users.poll();
            acl.poll();
            clients.settle();
            log.tick();
        } catch (RuntimeException e) {
            LOG.error("The users and permissions files could not be applied; trying again in a second.", e);
        }
    }

    private void apply() {
        clients.apply();
    }

    @Override
    public void close() {
        poller.shutdownNow();
        passwords.close();
        log.flush();
        metrics.remove();
    }
}
