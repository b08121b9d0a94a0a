#!/bin/bash
# As the image's: without its allow-all extension unless that is wanted.
set -eo pipefail
if [[ "$HIVEMQ_ALLOW_ALL_CLIENTS" != true ]]; then
    rm -rf /opt/hivemq/extensions/hivemq-allow-all-extension
else
    echo "the stand-in has no allow-all extension" && exit 1
fi
exec "$@"
