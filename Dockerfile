# One image for every role: consultazione web, dispatcher, worker, migrate.

# Pin the base by digest: --build-arg PYTHON_IMAGE=python:3.13-slim@sha256:...
ARG PYTHON_IMAGE=python:3.13-slim

FROM ${PYTHON_IMAGE} AS build
WORKDIR /app
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock requirements-setup.lock ./
RUN python -m venv /venv && /venv/bin/pip install --require-hashes -r requirements.lock
# Node.js, which only fetches the assets, stays in this stage.
RUN python -m venv /tools && /tools/bin/pip install --require-hashes -r requirements-setup.lock
COPY . .
RUN /tools/bin/python -m consultazione.web.assets \
 && find consultazione/translations -name messages.po \
    -execdir /venv/bin/pybabel -q compile -i messages.po -o messages.mo ';'
# No process may write beside its modules, so their bytecode comes with the image.
RUN /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash consultazione workers

FROM ${PYTHON_IMAGE}
RUN groupadd --system --gid 10001 consultazione \
 && useradd --system --uid 10001 --gid 10001 --home-dir /app consultazione \
 && install -d -o consultazione -g consultazione /app/var /app/trust \
 && install -d -m 700 -o consultazione -g consultazione /app/secrets
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app/consultazione consultazione
COPY --from=build /app/workers workers
COPY --from=build /app/templates templates
COPY --from=build /app/static static
COPY --from=build /app/demo demo
COPY --from=build /app/LICENSE LICENSE
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 PORT=8000 DATA_DIR=/app/var SECRETS_DIR=/app/secrets
USER 10001:10001
VOLUME /app/var /app/secrets
EXPOSE 8000
ENTRYPOINT ["python", "-m", "consultazione"]
CMD ["web"]
