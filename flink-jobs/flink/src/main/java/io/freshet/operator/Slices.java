/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.MailboxExecutor.MailOptions;

/**
 * Work that is done a slice at a time, the first at once and the next ones as mails of the task: between two mails Flink
 * hands an event in, or a barrier. Where that takes long the slices grow.
 */
final class Slices {

    /** Entities at a time: about a tenth of a millisecond, and one event in between. */
    private static final int SLICE = 64;

    /** Entities at a time when the rest has waited too long: some milliseconds. */
    private static final int LONG_SLICE = 4_096;

    private static final long LONG_AFTER_MILLIS = 200;

    private final MailboxExecutor mailbox;
    private final Work work;
    private final LongSupplier nowMillis;
    private boolean running;
    private long sinceMillis;
    private boolean mailSent;

    /** What is sliced. */
    @FunctionalInterface
    interface Work {
        /** Does a part of the work; true if nothing is left. */
        boolean advance(int most) throws Exception;
    }

    Slices(MailboxExecutor mailbox, Work work, LongSupplier nowMillis) {
        this.mailbox = mailbox;
        this.work = work;
        this.nowMillis = nowMillis;
    }

    /** There is work. Joins what is still being done. */
    void begin() throws Exception {
        if (running) {
            return;
        }
        running = true;
        sinceMillis = nowMillis.getAsLong();
        advance(SLICE);
        if (running && !mailSent) {
            send();
        }
    }

    /** Does what is left, at once. */
    void finish() throws Exception {
        while (running) {
            advance(Integer.MAX_VALUE);
        }
    }

    private void advance(int most) throws Exception {
        running = !work.advance(most);
    }

    private boolean send() {
        try {
            // Deferrable: an operator behind this one that waits for its store must not be given more rows by it.
            mailbox.execute(MailOptions.deferrable(), this::onMail, "let entities expire");
            mailSent = true;
        } catch (RejectedExecutionException e) {
            mailSent = false; // the task is ending: what is due comes up again where its state is restored
        }
        return mailSent;
    }

    private void onMail() throws Exception {
        mailSent = false;
        // The next mail goes first: a task that is ending takes none, and should emit nothing more.
        if (running && send()) {
            advance(nowMillis.getAsLong() - sinceMillis > LONG_AFTER_MILLIS ? LONG_SLICE : SLICE);
        }
    }
}
