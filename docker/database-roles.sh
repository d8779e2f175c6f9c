#!/bin/sh
# Makes the two roles and the database at the first start of the server: the owner, which runs
# the migrations, and the application's role, which owns nothing. The passwords stand in their
# addresses; psql reads them itself, so that no list of processes shows them.
set -eu
psql --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\set owner `sed -E 's#^[^:]+://[^:]+:([^@]+)@.*$#\1#' "${SECRETS:-/run/secrets}/migration_database_url"`
\set application `sed -E 's#^[^:]+://[^:]+:([^@]+)@.*$#\1#' "${SECRETS:-/run/secrets}/database_url"`
CREATE ROLE consultazione_owner LOGIN PASSWORD :'owner';
CREATE ROLE consultazione LOGIN PASSWORD :'application';
CREATE DATABASE consultazione OWNER consultazione_owner;
REVOKE ALL ON DATABASE consultazione FROM PUBLIC;
GRANT CONNECT ON DATABASE consultazione TO consultazione;
SQL
