/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.accumulators.StringifiedAccumulatorResult;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.util.FlinkException;
import org.apache.flink.util.OptionalFailure;
import org.apache.flink.util.SerializedValue;

/** A job on the local Flink. Safe to use from any thread. */
public final class JobHandle {

    private static final long ANSWER_LIMIT_SECONDS = 60;
    private static final long PROBE_MILLIS = 50;

    private final MiniCluster cluster;
    private final JobID id;

    JobHandle(MiniCluster cluster, JobID id) {
        this.cluster = cluster;
        this.id = id;
    }

    /** Flink's id of the job, 32 hexadecimal digits. */
    public String jobId() {
        return id.toHexString();
    }

    /** What the job is doing now. */
    public JobStatus status() throws LocalStackException {
        try {
            return cluster.getJobStatus(id).get(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw failed("ask for the status of", e);
        }
    }

    /** Whether the job has neither finished nor failed nor been cancelled. */
    public boolean isAlive() throws LocalStackException {
        return !status().isGloballyTerminalState();
    }

    /** Waits until every task of the job runs. A job that ends first fails with its reason. */
    public void awaitRunning() throws LocalStackException {
        try {
            while (!allTasksRun()) {
                if (!isAlive()) {
                    awaitEnd();
                    return;
                }
                Thread.sleep(PROBE_MILLIS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw failed("wait for the start of", e);
        }
    }

    private boolean allTasksRun() throws InterruptedException, ExecutionException, TimeoutException {
        AccessExecutionGraph graph = cluster.getExecutionGraph(id).get(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
        if (graph.getState() != JobStatus.RUNNING) {
            return false; // while it is being set up it has no tasks at all
        }
        for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
            if (task.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    /** Takes a checkpoint now and returns when it is complete; until then nothing written since the last is committed. */
    public void checkpoint() throws LocalStackException {
        try {
            cluster.triggerCheckpoint(id).get(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw failed("take a checkpoint of", e);
        }
    }

    /** Cancels the job and returns when it is gone. A job that has ended already stays as it ended. */
    public void cancel() throws LocalStackException {
        try {
            if (isAlive()) {
                cluster.cancelJob(id).get(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
                cluster.requestJobResult(id).get(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw failed("cancel", e);
        }
    }

    /**
     * Waits until the job ends of itself: a bounded one finishes, a broken one fails.
     *
     * @throws LocalStackException if it failed; the message is the deepest cause
     */
    public void awaitEnd() throws LocalStackException {
        awaitResult();
    }

    /**
     * Waits until the job ends of itself, and gives what its accumulators of whole numbers counted, by name.
     *
     * @throws LocalStackException if it failed; the message is the deepest cause
     */
    public Map<String, Long> awaitCounts() throws LocalStackException {
        Map<String, Long> counts = new HashMap<>();
        try {
            for (Map.Entry<String, SerializedValue<OptionalFailure<Object>>> each :
                    awaitResult().getAccumulatorResults().entrySet()) {
                Object count = each.getValue()
                        .deserializeValue(JobHandle.class.getClassLoader())
                        .get();
                if (count instanceof Long number) {
                    counts.put(each.getKey(), number);
                }
            }
        } catch (IOException | ClassNotFoundException | FlinkException e) {
            throw failed("read the counts of", e);
        }
        return counts;
    }

    /** What the accumulators of whole numbers have counted so far, by name; tasks tell it now and then. */
    public Map<String, Long> counts() throws LocalStackException {
        Map<String, Long> counts = new HashMap<>();
        try {
            AccessExecutionGraph graph = cluster.getExecutionGraph(id).get(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
            for (StringifiedAccumulatorResult each : graph.getAccumulatorResultsStringified()) {
                if (each.getValue().matches("\\d{1,18}")) {
                    counts.put(each.getName(), Long.parseLong(each.getValue()));
                }
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw failed("ask for the counts of", e);
        }
        return counts;
    }

    private JobResult awaitResult() throws LocalStackException {
        JobResult result;
        try {
            result = cluster.requestJobResult(id).get();
        } catch (InterruptedException | ExecutionException e) {
            throw failed("wait for", e);
        }
        if (result.getSerializedThrowable().isPresent()) {
            throw failed(
                    "finish", result.getSerializedThrowable().get().deserializeError(JobHandle.class.getClassLoader()));
        }
        return result;
    }

    private LocalStackException failed(String what, Throwable e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new LocalStackException("Cannot " + what + " the job " + id + ": " + cause.getMessage(), e);
    }
}
