/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local.cluster;

import io.freshet.local.LocalStackException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process that outlives the one that starts it. A file holds its id, and when it was started: the system gives ids
 * again, and nobody else's process is to be taken for ours.
 */
final class PartProcess {

    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    /** The system tells start times in ticks since a boot time that it reckons anew. */
    private static final long SAME_START_MILLIS = 2_000;

    private PartProcess() {}

    /**
     * Starts a process.
     *
     * @param words the command
     * @param folder where it runs
     * @param output where its standard output and error are appended
     * @param pid where its id is put down
     */
    static ProcessHandle start(List<String> words, Path folder, Path output, Path pid) throws LocalStackException {
        List<String> command = new ArrayList<>();
        // In a session of its own: a Ctrl-C in the terminal that started it is none of its business.
        onPath("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(words);
        try {
            ProcessHandle process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start()
                    .toHandle();
            Files.writeString(pid, process.pid() + " " + startedAtMillis(process) + "\n");
            return process;
        } catch (IOException e) {
            throw new LocalStackException("Cannot start " + words.get(0) + ": " + e.getMessage(), e);
        }
    }

    /** The process whose id was put down there; empty where none was or it has ended. */
    static Optional<ProcessHandle> find(Path pid) throws LocalStackException {
        if (Files.notExists(pid)) {
            return Optional.empty();
        }
        try {
            String[] words = Files.readString(pid).strip().split(" ");
            long startedAtMillis = Long.parseLong(words[1]);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(found -> Math.abs(startedAtMillis(found) - startedAtMillis) <= SAME_START_MILLIS);
        } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new LocalStackException("Cannot read " + pid + ", which holds the id of a process: " + e, e);
        }
    }

    /** Asks a process to end and waits; ends it where it takes longer than that. */
    static void stop(ProcessHandle process, Duration grace) throws LocalStackException {
        process.destroy();
        if (!hasEnded(process, grace)) {
            kill(process);
        }
    }

    /** Ends a process at once, as {@code kill -9} does. */
    static void kill(ProcessHandle process) throws LocalStackException {
        process.destroyForcibly();
        if (!hasEnded(process, KILL_LIMIT)) {
            throw new LocalStackException("Cannot end process " + process.pid() + ": it is still there after "
                    + KILL_LIMIT.toSeconds() + " s");
        }
    }

    private static boolean hasEnded(ProcessHandle process, Duration limit) throws LocalStackException {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new LocalStackException("Cannot wait for the end of process " + process.pid() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Cannot wait for the end of process " + process.pid() + ": interrupted", e);
        }
    }

    private static long startedAtMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static Optional<Path> onPath(String program) {
        String path = System.getenv("PATH");
        return Stream.of(path == null ? new String[0] : path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
