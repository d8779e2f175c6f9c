#!/bin/sh
# Starts the Valkey that holds the keys of open secret polls in memory alone, with the password
# in their address. The password goes through a file, since other processes see a command line.
set -eu
secrets=${SECRETS:-/run/secrets}
settings=${SETTINGS:-/run/valkey/keys.conf}

umask 077
printf 'requirepass %s\n' \
	"$(sed -E 's#^[^:]+://[^:]*:([^@]+)@.*$#\1#' "$secrets/poll_keys_url" | tr -d '\n')" > "$settings"
exec valkey-server "$settings" --save '' --appendonly no --maxmemory-policy noeviction
