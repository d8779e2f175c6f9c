#!/bin/sh
# Makes the secrets of docker-compose.yml that are missing, in docker/secrets/ or in $1.
#
# Each is a file, which only the services that need it get. The directory is closed to others;
# a container reads the files through their mounts.
set -eu
umask 077
place=${1:-$(dirname "$0")/secrets}
mkdir -p "$place"

word() { head -c 60 /dev/urandom | base64 | tr -dc 'A-Za-z0-9' | head -c 40; }

keep() {
	[ -e "$place/$1" ] || printf '%s\n' "$2" > "$place/$1"
	chmod 444 "$place/$1"
}

keep secret_key "$(word)"
keep earlier_secret_keys ""
keep operations_token "$(word)"
keep postgres_password "$(word)"
keep migration_database_url "postgresql://consultazione_owner:$(word)@database/consultazione"
keep database_url "postgresql://consultazione:$(word)@database/consultazione"
for role in web dispatcher worker; do
	keep "redis_url_$role" "redis://$role:$(word)@valkey:6379/0"
done
keep poll_keys_url "redis://:$(word)@keys:6379/0"
# Empty until the body's own seal is put in their place (docs/operations.md).
keep seal_p12 ""
keep seal_passphrase ""
# Empty until the address of a mail server is put in its place (docs/mail.md).
keep smtp_url ""
# Empty until the secret for the gateway of SPID and CIE is put in its place (docs/oidc.md).
keep oidc_client_secret ""
