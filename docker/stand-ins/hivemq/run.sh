#!/bin/bash
# As the image's, as far as docker-compose.yml relies on it: JMX is open unless it is switched off.
[[ -w /opt/hivemq ]] || { echo "/opt/hivemq is not writable" && exit 1; }
if [[ "${HIVEMQ_JMX_ENABLED:-true}" == true ]]; then
    JAVA_OPTS="$JAVA_OPTS -Dcom.sun.management.jmxremote.port=9010 -Dcom.sun.management.jmxremote.authenticate=false"
    JAVA_OPTS="$JAVA_OPTS -Dcom.sun.management.jmxremote.ssl=false"
fi
# shellcheck disable=SC2086 # several options in one variable
exec java -Dhivemq.home=/opt/hivemq -Djava.net.preferIPv4Stack=true $JAVA_OPTS -cp '/opt/hivemq/bin/libs/*' com.hivemq.HiveMQServer
