/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;

/** Follows a job to its end. */
final class Following {

    private static final long LOOK_MILLIS = 200;

    private final JobClient job;

    Following(JobClient job) {
        this.job = job;
    }

    /**
     * What its tasks found, all together.
     *
     * @param progress told now and then how many records have been read
     * @throws ExecutionException if the job fails
     */
    Tally awaitTally(LongConsumer progress) throws InterruptedException, ExecutionException {
        CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
        while (true) {
            try {
                return tally(result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                progress.accept(read());
            }
        }
    }

    private long read() throws InterruptedException {
        try {
            Object read = job.getAccumulators().get().get(Verification.READ);
            return read instanceof Long number ? number : 0;
        } catch (ExecutionException | IllegalStateException e) {
            return 0; // it has ended meanwhile, and its result says how
        }
    }

    private static Tally tally(JobExecutionResult result) {
        Tally all = new Tally();
        for (Map.Entry<String, Object> found : result.getAllAccumulatorResults().entrySet()) {
            if (found.getKey().startsWith(Verification.TALLY) && found.getValue() instanceof Tally tally) {
                all.merge(tally);
            }
        }
        return all;
    }
}
