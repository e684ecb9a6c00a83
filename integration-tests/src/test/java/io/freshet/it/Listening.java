/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The TCP sockets on which processes of this machine listen, as Linux tells them in {@code /proc}. */
final class Listening implements AutoCloseable {

    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
    private static final String LISTEN = "0A";
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final long EVERY_MILLIS = 20;

    private final Set<String> found = new TreeSet<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread watch;

    private Listening(long pid) {
        watch = new Thread(
                () -> {
                    try {
                        do {
                            found.addAll(beyondLoopback(pid));
                        } while (!end.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
                    } catch (IOException | InterruptedException e) {
                        found.add("not seen: " + e);
                    }
                },
                "listening");
    }

    /** Looks again and again, from now on, on what this process listens. */
    static Listening watchOwn() {
        Listening listening = new Listening(ProcessHandle.current().pid());
        listening.watch.start();
        return listening;
    }

    /** Addresses and ports beyond loopback on which this process has listened so far; ends the watch. */
    Set<String> beyondLoopback() throws InterruptedException {
        close();
        return found;
    }

    /** Addresses and ports, in hexadecimal as the kernel writes them, on which a process listens for other machines, too. */
    static Set<String> beyondLoopback(long pid) throws IOException {
        Set<String> sockets = sockets(pid);
        Set<String> found = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", table))) {
                String[] words = line.strip().split("\\s+");
                if (words.length > INODE
                        && words[STATE].equals(LISTEN)
                        && sockets.contains(words[INODE])
                        && !isLoopback(words[LOCAL])) {
                    found.add(words[LOCAL]);
                }
            }
        }
        return found;
    }

    /** 127.0.0.0/8, ::1, or the former as an address of IPv6; each word of four bytes is written in the machine's order. */
    private static boolean isLoopback(String address) {
        return address.matches("[0-9A-F]{6}7F:.*|0{24}01000000:.*|0{16}FFFF0000[0-9A-F]{6}7F:.*");
    }

    private static Set<String> sockets(long pid) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : files.toList()) {
                try {
                    Matcher socket = SOCKET.matcher(Files.readSymbolicLink(file).toString());
                    if (socket.matches()) {
                        inodes.add(socket.group(1));
                    }
                } catch (IOException closedMeanwhile) {
                    continue;
                }
            }
        }
        return inodes;
    }

    @Override
    public void close() throws InterruptedException {
        end.countDown();
        watch.join();
    }
}
