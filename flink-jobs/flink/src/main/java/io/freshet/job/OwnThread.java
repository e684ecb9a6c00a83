/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs the program of a job on a thread that ends with it. A session cluster calls each program, loaded by a class loader of
 * its own, from a few threads of long life. Avro and others keep values in thread-locals: left on such a thread, they hold
 * the loader and all its classes for ever, some 30 MB of the JobManager's metaspace for each job that was ever started.
 */
final class OwnThread {

    private OwnThread() {}

    /** What a program does. */
    interface Work {
        void run() throws Exception;
    }

    /** Runs it to its end; throws what it throws, Flink's signals among it. */
    static void run(Work work) throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Throwable e) {
                        thrown.set(e);
                    }
                },
                "freshet-main");
        thread.start();
        thread.join();
        Throwable failure = thrown.get();
        if (failure instanceof Exception exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }
}
