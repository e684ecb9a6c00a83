/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

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
            Process process = new ProcessBuilder(RedisServer.command(directory, port, RedisServer.Keeps.NOTHING))
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

    private void awaitReady(Path log) throws IOException, LocalStackException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!RedisServer.answers(port)) {
            pause();
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new LocalStackException("Cannot start Redis on port " + port + ": it "
                        + (process.isAlive() ? "did not answer" : "ended") + ", and said: "
                        + Files.readString(log).strip());
            }
        }
    }

    private static void pause() throws LocalStackException {
        try {
            Thread.sleep(PROBE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Cannot start Redis: interrupted", e);
        }
    }
}
