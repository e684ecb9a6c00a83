/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;

/** The mailbox and the timers of a task, for a writer that runs in the test's thread. */
final class TaskMailbox implements MailboxExecutor, Timers, AutoCloseable {

    private final BlockingQueue<ThrowingRunnable<? extends Exception>> mails = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    @Override
    public void execute(
            MailOptions options, ThrowingRunnable<? extends Exception> command, String text, Object... arguments) {
        mails.add(command);
    }

    @Override
    public void yield() throws InterruptedException {
        run(mails.take());
    }

    @Override
    public boolean tryYield() {
        ThrowingRunnable<? extends Exception> mail = mails.poll();
        if (mail == null) {
            return false;
        }
        run(mail);
        return true;
    }

    @Override
    public boolean shouldInterrupt() {
        return false;
    }

    @Override
    public void after(long delayMillis, Step step) {
        clock.schedule(() -> mails.add(step::run), delayMillis, TimeUnit.MILLISECONDS);
    }

    private static void run(ThrowingRunnable<? extends Exception> mail) {
        try {
            mail.run();
        } catch (Exception e) {
            throw new IllegalStateException("A mail failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
