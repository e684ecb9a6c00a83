/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.job.Assembly;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.fs.Path;

/**
 * A training set, ready to be made.
 *
 * @param request what it is
 * @param spine what a look at the spine found
 * @param pasts where the rows of each view are, in order
 */
public record TrainingPlan(TrainingRequest request, SpineSummary spine, List<ViewPast> pasts) {
    public TrainingPlan {
        pasts = List.copyOf(pasts);
    }

    /** The job that makes it. Each task holds the spine's questions in memory where a third of its heap suffices. */
    public Assembly job() {
        return job(Runtime.getRuntime().maxMemory());
    }

    /**
     * The job that makes it.
     *
     * @param memoryBytes of the memory of a JVM, a third of which the spine's questions may take; 0: they are not held
     */
    public Assembly job(long memoryBytes) {
        return env -> TrainingSetJob.assemble(env, request, pasts, memoryBytes);
    }

    /** Removes what a job that failed has left of the file beside its place, if it has left something. */
    public void removeLeftovers() throws IOException {
        Path part = TrainingSink.part(request.out());
        part.getFileSystem().delete(part, false);
    }

    /** How many rows of histories will be read, at most. */
    public long historyRows() {
        return pasts.stream().mapToLong(ViewPast::rows).sum();
    }
}
