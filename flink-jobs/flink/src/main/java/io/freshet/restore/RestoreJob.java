/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.restore;

import io.freshet.config.FreshetConfig;
import io.freshet.history.LoggedRow;
import io.freshet.history.LoggedRowSerializer;
import io.freshet.job.Assembly;
import io.freshet.job.BatchSettings;
import io.freshet.operator.PlanSource;
import io.freshet.operator.SerializedType;
import io.freshet.sink.RedisOptions;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The bounded job that refills the online store: the rows of a view, of each entity the newest, written unless the store
 * has a newer one. Flink sorts the rows by entity, on disk where they are many.
 */
public final class RestoreJob implements Assembly {

    /** Accumulator: rows that were read. */
    public static final String ROWS_READ = Count.READ.label();

    private static final TypeInformation<LoggedRow> ROWS =
            new SerializedType<>(LoggedRow.class, LoggedRowSerializer.INSTANCE);

    /** Of the memory of the JVM, what rows may take before they are sorted. */
    private static final int SHARE = 8;

    private static final long MOST_BYTES = 256L << 20;

    private final RestoreSpec spec;

    /** A job. */
    public RestoreJob(RestoreSpec spec) {
        this.spec = spec;
    }

    @Override
    public void assemble(StreamExecutionEnvironment env) {
        FreshetConfig config = spec.config();
        BatchSettings.applyWithoutRestart(env, config.flink().parallelism());
        PlanSource plan = spec.view()::plan;
        int version = plan.plan().view().version();
        long memoryBytes = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE)
                / config.flink().parallelism();
        read(env, plan)
                .transform("newest here", ROWS, new NewestHere(version, memoryBytes))
                .keyBy(LoggedRow::entity, Types.STRING)
                .transform(
                        "restore " + spec.name(),
                        Types.STRING,
                        new RestoreOperator(
                                plan, spec.history().schemas(), RedisOptions.of(config.redis()), config.namespace()));
    }

    /** All rows, each record's timestamp that of when it was written. */
    private DataStream<LoggedRow> read(StreamExecutionEnvironment env, PlanSource plan) {
        DataStream<LoggedRow> logged =
                env.fromSource(spec.history().source(), WatermarkStrategy.noWatermarks(), "history " + spec.name());
        if (spec.archived().isEmpty() || spec.archived().get().files().isEmpty()) {
            return logged;
        }
        RestoreSpec.Archived archived = spec.archived().get();
        return logged.union(env.fromData(archived.files(), Types.STRING)
                .rebalance()
                .transform("archive " + spec.name(), ROWS, new ArchivedRows(plan, archived.directory())));
    }
}
