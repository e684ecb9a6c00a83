/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static java.util.Objects.requireNonNull;

import io.freshet.event.SelectedEvent;
import io.freshet.row.FeatureRow;
import java.time.Clock;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes a {@link WindowOperator} in each task. */
final class WindowOperatorFactory extends AbstractStreamOperatorFactory<FeatureRow>
        implements OneInputStreamOperatorFactory<SelectedEvent, FeatureRow> {
    private static final long serialVersionUID = 1L;

    private final WindowSettings settings;
    private final Clock clock;

    WindowOperatorFactory(WindowSettings settings, Clock clock) {
        this.settings = requireNonNull(settings, "settings");
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    @SuppressWarnings("unchecked") // Flink asks for the rows of the operator, which the signature cannot say
    public <T extends StreamOperator<FeatureRow>> T createStreamOperator(
            StreamOperatorParameters<FeatureRow> parameters) {
        return (T) new WindowOperator(parameters, settings, clock, parameters.getMailboxExecutor());
    }

    @Override
    @SuppressWarnings("rawtypes") // as declared by Flink
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classes) {
        return WindowOperator.class;
    }
}
