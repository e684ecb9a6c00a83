# The feature server, for the Kubernetes manifests. Build it from the root of an unpacked distribution:
#   docker build -f deploy/image/serve.Dockerfile -t freshet-serve:0.1.0 .
FROM eclipse-temurin:17.0.17_10-jre

COPY lib /opt/freshet/lib

USER 9999:9999
WORKDIR /opt/freshet/settings
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-Duser.timezone=UTC", "-cp", "/opt/freshet/lib/*", "io.freshet.cli.Freshet", "serve"]
