/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.embedded.RedisExecProvider;

/** A Redis server process of our own: loopback only, nothing written to disk. */
final class LocalRedis implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final int PROBE_MILLIS = 20;

    private final int port;
    private final Process process;

    private LocalRedis(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /**
     * Starts a server and returns when it answers.
     *
     * @param directory where its log goes, and its binary where none is installed
     * @param port where clients find it
     */
    static LocalRedis start(Path directory, int port) throws LocalStackException {
        Path log = directory.resolve("redis.log");
        try {
            Process process = new ProcessBuilder(command(executable(directory), directory, port))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            LocalRedis redis = new LocalRedis(port, process);
            redis.awaitReady(log);
            return redis;
        } catch (IOException e) {
            throw new LocalStackException("Cannot start Redis on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** {@code redis://host:port}. */
    String uri() {
        return "redis://" + Ports.LOOPBACK + ":" + port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Path executable, Path directory, int port) {
        return List.of(
                executable.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                Ports.LOOPBACK,
                "--protected-mode",
                "yes",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                directory.toString(),
                "--loglevel",
                "warning");
    }

    /** The installed server where there is one, else the one that comes with the embedded-redis artifact. */
    private static Path executable(Path directory) throws IOException, LocalStackException {
        String path = System.getenv("PATH");
        Optional<Path> installed = Stream.of(path == null ? new String[0] : path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
        return installed.isPresent() ? installed.get() : unpacked(directory);
    }

    private static Path unpacked(Path directory) throws IOException, LocalStackException {
        String resource = "redis-server-" + RedisExecProvider.redisVersion + "-" + platform();
        Path executable = directory.resolve("redis-server");
        try (InputStream in = RedisExecProvider.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new LocalStackException("Cannot start Redis: no redis-server on PATH and none is carried for "
                        + platform() + ". Install Redis 7 or newer.");
            }
            Files.copy(in, executable);
        }
        if (!executable.toFile().setExecutable(true)) {
            throw new LocalStackException("Cannot make " + executable + " executable. Install redis-server instead.");
        }
        return executable;
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        return system
                + switch (System.getProperty("os.arch")) {
                    case "aarch64", "arm64" -> "-arm64";
                    case "x86", "i386", "i686" -> "-386";
                    default -> "-amd64";
                };
    }

    private void awaitReady(Path log) throws IOException, LocalStackException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new LocalStackException("Cannot start Redis on port " + port + ": it "
                        + (process.isAlive() ? "did not answer" : "ended") + ", and said: "
                        + Files.readString(log).strip());
            }
        }
    }

    private boolean answers() throws LocalStackException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Ports.LOOPBACK, port), PROBE_MILLIS * 10);
            socket.setSoTimeout(PROBE_MILLIS * 50);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException notYet) {
            return pause();
        }
    }

    private static boolean pause() throws LocalStackException {
        try {
            Thread.sleep(PROBE_MILLIS);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Cannot start Redis: interrupted", e);
        }
    }
}
