#!/bin/sh
# The one-shot service `setup` of docker-compose.yml. Makes the certificates and passwords at the first start, keeps them
# afterwards, and writes what each service and the programs on the host need of them: nobody gets more than that.
# Runs as root in the Kafka image; POSIX sh and BusyBox tools only.
set -eu
umask 077

authority=/secrets/authority # the CA's key and all passwords: a volume that only this service mounts
days=3650                    # for one machine's own use: long enough to be forgotten
hivemq_uid=10000             # the HiveMQ image's user, without a name and in group 0
host_folder=/project/.local/compose

random() { od -An -tx1 -N16 /dev/urandom | tr -d ' \n'; }

fail() {
    echo "setup: $*" >&2
    exit 1
}

# Docker makes a folder for a mount whose source is missing; as root's it would be in the way of the build.
check_built() {
    for folder in extension/target/hivemq-kafka-bridge auth/target/hivemq-file-auth; do
        [ ! -e "/project/$folder/DISABLED" ] ||
            fail "$folder/DISABLED is there: HiveMQ wouldn't load the extension; delete the file, then docker compose up again"
        [ -f "/project/$folder/hivemq-extension.xml" ] && continue
        (cd /project && rmdir -p "$folder" 2>/dev/null) || true
        fail "$folder is missing: run ./mvnw package first, then docker compose up again"
    done
}

# make_certificate NAME: NAME.p12, signed by the CA, for the service NAME and for localhost.
make_certificate() {
    name=$1
    set -- -storepass:env KEYSTORE_PASSWORD -noprompt
    keytool -genkeypair "$@" -keystore "$name.p12" -alias "$name" -dname "CN=$name" \
        -keyalg EC -groupname secp256r1 -validity $days
    keytool -certreq "$@" -keystore "$name.p12" -alias "$name" |
        keytool -gencert "$@" -keystore ca.p12 -alias ca -rfc -validity $days -ext eku=serverAuth \
            -ext "san=dns:$name,dns:localhost,ip:127.0.0.1" >"$name.pem"
    keytool -importcert "$@" -keystore "$name.p12" -alias ca -file ca.pem
    keytool -importcert "$@" -keystore "$name.p12" -alias "$name" -file "$name.pem"
}

make_authority() {
    rm -rf "${authority:?}"/*
    cd $authority
    for name in KEYSTORE KAFKA_BROKER KAFKA_BRIDGE KAFKA_CONSUMER MQTT_PUBLISHER; do
        echo "${name}_PASSWORD=$(random)"
    done >passwords
    set -a && . ./passwords && set +a
    keytool -genkeypair -keystore ca.p12 -storepass:env KEYSTORE_PASSWORD -alias ca -dname "CN=hivemq-kafka-bridge compose CA" \
        -keyalg EC -groupname secp256r1 -validity $days -ext bc:c=ca:true -ext ku:c=keyCertSign
    keytool -exportcert -rfc -keystore ca.p12 -storepass:env KEYSTORE_PASSWORD -alias ca >ca.pem
    make_certificate kafka
    make_certificate hivemq
    echo "$MQTT_PUBLISHER_PASSWORD" |
        java -jar /project/auth/target/hivemq-file-auth/hivemq-file-auth-*.jar -i users publisher
    touch complete # last: an interrupted run starts over
}

# give OWNER FILE...: into the current folder.
give() {
    owner=$1
    shift
    for file in "$@"; do
        cp "$authority/$file" .
        chown "$owner" "${file##*/}"
    done
}

write_kafka() {
    cd /secrets/kafka
    give appuser ca.pem kafka.p12
    login='org.apache.kafka.common.security.plain.PlainLoginModule required'
    login="$login username=\"broker\" password=\"$KAFKA_BROKER_PASSWORD\""
    users="user_broker=\"$KAFKA_BROKER_PASSWORD\" user_bridge=\"$KAFKA_BRIDGE_PASSWORD\" user_consumer=\"$KAFKA_CONSUMER_PASSWORD\""
    cat >server.properties <<END
ssl.keystore.type=PKCS12
ssl.keystore.location=/mnt/shared/config/kafka.p12
ssl.keystore.password=$KEYSTORE_PASSWORD
ssl.truststore.type=PEM
ssl.truststore.location=/mnt/shared/config/ca.pem
listener.name.inside.plain.sasl.jaas.config=$login $users;
listener.name.host.plain.sasl.jaas.config=$login $users;
END
    cat >admin.properties <<END
security.protocol=SASL_SSL
sasl.mechanism=PLAIN
sasl.jaas.config=$login;
ssl.truststore.type=PEM
ssl.truststore.location=/secrets/ca.pem
END
    chown appuser server.properties admin.properties
}

write_hivemq() {
    cd /secrets/hivemq
    give $hivemq_uid:0 ca.pem hivemq.p12
    [ -f users ] || give $hivemq_uid:0 users # then the operator's: users may have been added
    cat >env <<END
KAFKA_USER=bridge
KAFKA_PASSWORD=$KAFKA_BRIDGE_PASSWORD
MQTT_KEYSTORE_PASSWORD=$KEYSTORE_PASSWORD
END
    chown $hivemq_uid:0 env
}

# client_settings MQTT KAFKA CA_FILE: the .env of publisher and consumer.
client_settings() {
    cat <<END
# Written by docker compose at every start, for its own brokers. Change this line, and the file is yours.
BROKER_ADDR=$1
BROKER_CA_FILE=$3
HIVE_USER=publisher
HIVE_PSWD=$MQTT_PUBLISHER_PASSWORD
BOOTSTRAP_SERVERS=$2
KAFKA_CA_FILE=$3
CLUSTER_ID=consumer
API_KEY=consumer
API_SECRET=$KAFKA_CONSUMER_PASSWORD
END
}

write_client() {
    cd /secrets/client
    give root ca.pem
    client_settings ssl://hivemq:8883 kafka:19092 ca.pem >.env
}

write_host() {
    owner=$(stat -c %u:%g /project)
    mkdir -p $host_folder
    cd $host_folder
    give "$owner" ca.pem
    client_settings "ssl://localhost:$MQTT_PORT" "localhost:$KAFKA_PORT" .local/compose/ca.pem >.env
    chown "$owner" .env . ..
    if [ ! -e /project/.env ] || [ "$(head -n 1 /project/.env)" = "$(head -n 1 .env)" ]; then
        cp -p .env /project/.env
        echo "setup: wrote .env, for publisher and consumer started in this folder"
    else
        echo "setup: kept your .env; for these brokers start publisher and consumer with --env-file .local/compose/.env"
    fi
}

check_built
if [ ! -f $authority/complete ]; then
    echo "setup: making certificates and passwords"
    trap 'cat /tmp/setup.log >&2' EXIT # keytool talks much: shown only when something fails
    make_authority >/tmp/setup.log 2>&1
    trap - EXIT
fi
set -a && . $authority/passwords && set +a
write_kafka
write_hivemq
write_client
write_host
