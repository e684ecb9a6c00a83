/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.history.HistorySource;
import io.freshet.job.Assembly;
import java.util.List;

/**
 * A training set, ready to be made.
 *
 * @param request what it is
 * @param spine what a look at the spine found
 * @param histories the history of each view, in order
 */
public record TrainingPlan(TrainingRequest request, SpineSummary spine, List<HistorySource.Bounded> histories) {
    public TrainingPlan {
        histories = List.copyOf(histories);
    }

    /** The job that makes it. */
    public Assembly job() {
        return env -> TrainingSetJob.assemble(env, request, histories);
    }

    /** How many rows of histories will be read, at most. */
    public long historyRows() {
        return histories.stream().mapToLong(HistorySource.Bounded::rows).sum();
    }
}
