/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.util.List;
import java.util.Locale;

/** The suites, in the order in which {@code all} runs them. */
enum Suite {
    BASE(OperatorSuites::base),
    WINDOWS(OperatorSuites::windows),
    FUNCTIONS(OperatorSuites::functions),
    ENTITIES(OperatorSuites::entities),
    PARALLELISM(OperatorSuites::parallelism),
    SKEW(OperatorSuites::skew),
    PANES(OperatorSuites::panes),
    ROCKSDB(OperatorSuites::rocksdb),
    STATE(StateSuite::run),
    TRAINING(TrainingSuite::run),
    TRAINING_MEMORY(TrainingSuite::runInLittleMemory),
    BACKFILL(BackfillSuite::run),
    LAYOUTS(LayoutSuite::run),
    SERVING(ServingSuite::run),
    END_TO_END(EndToEndSuite::run),
    LOAD(LoadSuite::run),
    DECODING(JmhSuite::decoding),
    JMH(JmhSuite::core);

    private final Body body;

    @FunctionalInterface
    private interface Body {
        List<Result> run(Options options) throws Exception;
    }

    Suite(Body body) {
        this.body = body;
    }

    /** As written in {@code benchmark.suite}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Measures. */
    List<Result> run(Options options) throws Exception {
        return body.run(options);
    }
}
