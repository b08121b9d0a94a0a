package io.kafkabridge.auth;

import java.nio.file.Path;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.auth.users.PasswordChecker;

/** Where HiveMQ starts and stops the extension; the only class that asks for HiveMQ's services. */
public final class FileAuthExtension implements ExtensionMain {

    private @Nullable FileAuth fileAuth;

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        Path folder = input.getExtensionInformation().getExtensionHomeFolder().toPath();
        fileAuth = build(FileLocations.of(folder, System.getenv()));
        fileAuth.start();
        register(fileAuth);
    }

    private static FileAuth build(FileLocations files) {
        return new FileAuth(
                files,
                PasswordChecker.Limits.forProcessors(Runtime.getRuntime().availableProcessors()),
                current -> new ConnectedClients(
                        current,
                        new Permissions(Builders::topicPermission),
                        Services.clientService(),
                        Services.subscriptionStore()),
                new LoginMetrics(Services.metricRegistry()));
    }

    private static void register(FileAuth fileAuth) {
        Services.securityRegistry().setAuthenticatorProvider(input -> fileAuth.authenticator());
        Services.initializerRegistry()
                .setClientInitializer(
                        (input, context) -> fileAuth.initialize(input.getConnectionInformation(), context));
        Services.eventRegistry().setClientLifecycleEventListener(input -> fileAuth.ends());
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        if (fileAuth != null) {
            fileAuth.close();
        }
    }
}
