/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.local.JobHandle;
import io.freshet.local.LocalStackException;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error where standard output is a terminal; nothing elsewhere. */
public final class Progress implements AutoCloseable {

    private static final int LOOK_MILLIS = 200;

    private final Optional<ProgressBar> bar;

    private Progress(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    /**
     * A bar.
     *
     * @param task what is being done
     * @param total how many steps there are; -1 where nobody knows
     * @param environment environment variables; {@code NO_COLOR} asks for plain letters
     */
    public static Progress of(String task, long total, Map<String, String> environment) {
        if (System.console() == null) {
            return new Progress(Optional.empty());
        }
        ProgressBarStyle style =
                environment.containsKey("NO_COLOR") ? ProgressBarStyle.ASCII : ProgressBarStyle.COLORFUL_UNICODE_BLOCK;
        return new Progress(Optional.of(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(style)
                .setUpdateIntervalMillis(LOOK_MILLIS)
                .showSpeed()
                .build()));
    }

    /** One step is done. */
    public void step() {
        bar.ifPresent(ProgressBar::step);
    }

    /** So many steps are done in all. */
    public void reach(long steps) {
        bar.ifPresent(shown -> shown.stepTo(steps));
    }

    /**
     * Shows how far a job is, until it ends.
     *
     * @param steps how many steps are done in all, of what the job has counted
     * @return what it has counted in the end
     * @throws LocalStackException if it failed
     */
    Map<String, Long> follow(JobHandle job, ToLongFunction<Map<String, Long>> steps)
            throws LocalStackException, InterruptedException {
        while (job.isAlive()) {
            reach(steps.applyAsLong(job.counts()));
            Thread.sleep(LOOK_MILLIS);
        }
        Map<String, Long> counts = job.awaitCounts();
        reach(steps.applyAsLong(counts));
        return counts;
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
