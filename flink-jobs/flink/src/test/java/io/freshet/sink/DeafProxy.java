/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes connections on to a server, until they turn deaf: they stay open, and nothing comes back on them, as when a machine
 * is gone and nobody has said so. Later connections are passed on.
 */
final class DeafProxy implements AutoCloseable {

    private final int target;
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile int deafUpTo;

    DeafProxy(int target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** How many there have been. */
    int connections() {
        return connections.get();
    }

    /** Lets nothing more through on the connections that are there. */
    void turnDeaf() {
        deafUpTo = connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                int number = connections.incrementAndGet();
                threads.execute(() -> pass(client, server, number));
                threads.execute(() -> pass(server, client, number));
            }
        } catch (IOException closed) {
            threads.shutdown();
        }
    }

    private void pass(Socket from, Socket to, int number) {
        byte[] bytes = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                if (number > deafUpTo) {
                    out.write(bytes, 0, length);
                }
            }
        } catch (IOException ended) {
            // Either side has closed: so does the other.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
