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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import redis.embedded.RedisExecProvider;

/** How a Redis server is started on the loopback address, and whether one answers. */
public final class RedisServer {

    private static final int ANSWER_MILLIS = 1_000;

    /** What a server still knows when it is started again. */
    public enum Keeps {
        /** It starts empty. */
        NOTHING,
        /** All it had acknowledged up to a second before it went. */
        ALL
    }

    private RedisServer() {}

    /**
     * The words that start it.
     *
     * @param directory where its files go, and its binary where none is installed
     * @param port where clients find it
     */
    public static List<String> command(Path directory, int port, Keeps keeps) throws IOException, LocalStackException {
        List<String> command = new ArrayList<>(List.of(executable(directory).toString()));
        command.addAll(List.of("--port", Integer.toString(port), "--bind", Ports.LOOPBACK));
        command.addAll(List.of("--protected-mode", "yes", "--save", "", "--loglevel", "warning"));
        command.addAll(List.of("--appendonly", keeps == Keeps.ALL ? "yes" : "no"));
        command.addAll(List.of("--dir", directory.toAbsolutePath().toString()));
        return command;
    }

    /** Whether a server at that port says that it is ready. */
    public static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Ports.LOOPBACK, port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The installed server where there is one, else the one that comes with the embedded-redis artifact. */
    private static Path executable(Path directory) throws IOException, LocalStackException {
        String path = System.getenv("PATH");
        Optional<Path> installed = Stream.of(path == null ? new String[0] : path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
        return installed.isPresent() ? installed.get() : unpacked(directory.toAbsolutePath());
    }

    private static Path unpacked(Path directory) throws IOException, LocalStackException {
        String resource = "redis-server-" + RedisExecProvider.redisVersion + "-" + platform();
        Path executable = directory.resolve("redis-server");
        if (Files.isExecutable(executable)) {
            return executable;
        }
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
}
