# One image for every role: consultazione web, dispatcher, worker, migrate.

FROM python:3.13-slim AS build
WORKDIR /app
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock requirements-dev.lock ./
RUN python -m venv /venv && /venv/bin/pip install --require-hashes -r requirements.lock
# Set-up tools (Node.js, the catalogue compiler) stay in this stage.
RUN python -m venv /tools && /tools/bin/pip install --require-hashes -r requirements-dev.lock
COPY . .
RUN /tools/bin/python -m consultazione.web.assets \
 && find consultazione/translations -name messages.po \
    -execdir /tools/bin/pybabel -q compile -i messages.po -o messages.mo ';'

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /app consultazione \
 && install -d -o consultazione -g consultazione /app/var \
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
USER consultazione
VOLUME /app/var /app/secrets
EXPOSE 8000
ENTRYPOINT ["python", "-m", "consultazione"]
CMD ["web"]
