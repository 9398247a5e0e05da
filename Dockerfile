# Open Gap's one image: web, worker and beat run from it (docker-compose.yml).
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements-uv.lock requirements.lock ./
RUN python -m venv /app/.venv \
    && .venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
    && .venv/bin/uv pip sync --no-cache --require-hashes --python .venv/bin/python requirements.lock

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/app/.venv/bin:$PATH OPENGAP_DATA=/data
RUN useradd --system --create-home --uid 10001 opengap && install -d -o opengap /data
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY manage.py LICENSE* ./
COPY tracker tracker
COPY models_catalog models_catalog
COPY templates templates
COPY static static
# The addresses are only there to be named: collecting static files opens neither.
RUN SECRET_KEY=build DATABASE_URL=postgres://build/build BROKER_URL=redis://build \
    python manage.py collectstatic --no-input --verbosity 0
USER opengap
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "tracker.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket"]
