#!/bin/sh
# Starts Valkey with the users of valkey-users.acl; digests of the passwords in their addresses
# take the places of the words in capitals.
set -eu
secrets=${SECRETS:-/run/secrets}
users=${USERS:-/run/valkey/users.acl}

digest() {
	sed -E 's#^[^:]+://[^:]+:([^@]+)@.*$#\1#' "$secrets/redis_url_$1" | tr -d '\n' |
		sha256sum | cut -d ' ' -f 1
}

umask 077
sed -e "s/#WEB /#$(digest web) /" -e "s/#DISPATCHER /#$(digest dispatcher) /" \
	-e "s/#WORKER /#$(digest worker) /" "$(dirname "$0")/valkey-users.acl" > "$users"
exec valkey-server --aclfile "$users" --appendonly yes --appendfsync everysec --save '' \
	--maxmemory-policy noeviction
