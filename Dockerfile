# The dashboard in a container: docker compose up, or docker build -t sixes-geo .
# Installing needs a network; running needs none.
ARG PYTHON=3.13.7-slim-bookworm

FROM python:${PYTHON} AS build
ENV PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY pyproject.toml requirements.txt requirements-build.txt README.md LICENSE app.py ./
COPY docker/install.sh docker/install.sh
COPY geodata geodata
COPY pages pages
COPY sixes_geo sixes_geo
RUN docker/install.sh /opt/sixes-geo
# What visitors see first is measured once, here, and not by the first of them.
RUN SIXES_CACHE=/opt/results /opt/sixes-geo/bin/sixes-geo warm

FROM python:${PYTHON}
RUN useradd --uid 10001 --home-dir /data --create-home sixes
COPY --from=build /opt/sixes-geo /opt/sixes-geo
COPY --from=build --chown=10001 /opt/results /var/cache/sixes-geo
# What people add, and the key that signs, are kept under /data, on a volume; everything else may be thrown away.
ENV PATH=/opt/sixes-geo/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SIXES_CACHE=/var/cache/sixes-geo \
    XDG_DATA_HOME=/data
USER sixes
WORKDIR /data
VOLUME /data
EXPOSE 8501
STOPSIGNAL SIGTERM
# Ready when a page can be served; asked directly, whatever proxy the environment names.
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python", "-c", "from urllib.request import ProxyHandler, build_opener; build_opener(ProxyHandler({})).open('http://127.0.0.1:8501/healthz', timeout=4)"]
# Behind a proxy or under a name, add "--public-url", "https://maps.example.org".
CMD ["sixes-geo", "app", "--host", "0.0.0.0", "--port", "8501"]
