package io.kafkabridge.it;

import java.io.IOException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;

import io.kafkabridge.stack.HiveMq;

/** The counters of a running HiveMQ, as its registry shows them by JMX. */
final class Counters implements AutoCloseable {

    private final JMXConnector connector;

    private Counters(final JMXConnector connector) {
        this.connector = connector;
    }

    @SuppressWarnings("BanJNDI") // The address comes from HiveMQ, which the test has started.
    static Counters of(final HiveMq hivemq) throws IOException, AttachNotSupportedException {
        final VirtualMachine machine = VirtualMachine.attach(Long.toString(hivemq.pid()));
        try {
            return new Counters(JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
        } finally {
            machine.detach();
        }
    }

    /** What a counter of a mapping stands at; -1 when there is none of that name. */
    long ofMapping(final String mapping, final String name) throws IOException, JMException {
        final MBeanServerConnection connection = connector.getMBeanServerConnection();
        try {
            return (long) connection.getAttribute(
                    new ObjectName("metrics:name=io.kafkabridge.mapping." + mapping + "." + name), "Count");
        } catch (final InstanceNotFoundException e) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
