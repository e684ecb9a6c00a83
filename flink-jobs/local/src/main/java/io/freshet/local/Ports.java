/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** TCP ports of the loopback address. */
public final class Ports {

    /** Stands for "any free port". */
    public static final int ANY = 0;

    /** The address that all parts listen at. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final int CONNECT_MILLIS = 1_000;

    private Ports() {}

    /**
     * The chosen ports, with a free one in place of each {@link #ANY}; all different.
     *
     * @throws LocalStackException if a chosen port is taken
     */
    public static List<Integer> reserve(List<Choice> choices) throws LocalStackException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (Choice choice : choices) {
                held.add(bind(choice));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                release(socket);
            }
        }
    }

    /** Whether somebody listens at that port. */
    public static boolean isTaken(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), CONNECT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static ServerSocket bind(Choice choice) throws LocalStackException {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), choice.port()));
            return socket;
        } catch (IOException e) {
            throw new LocalStackException(
                    "Cannot start %s on port %d: the port is taken (%s). Choose another with %s, or 0 for any free port."
                            .formatted(choice.service(), choice.port(), e.getMessage(), choice.option()),
                    e);
        }
    }

    private static void release(ServerSocket socket) throws LocalStackException {
        try {
            socket.close();
        } catch (IOException e) {
            throw new LocalStackException("Cannot release port " + socket.getLocalPort() + ": " + e.getMessage(), e);
        }
    }

    /**
     * One port to reserve.
     *
     * @param service who will listen, as users call it
     * @param option the command line option that chooses it
     * @param port the port, or {@link #ANY}
     */
    public record Choice(String service, String option, int port) {}
}
