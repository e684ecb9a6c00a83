/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static java.util.Objects.requireNonNull;

import io.freshet.definition.FeatureView.NonFinite;
import io.freshet.definition.Limits;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.Expression;
import io.freshet.expression.ExpressionFailedException;
import io.freshet.metrics.ViewMetrics;
import io.freshet.row.EntityKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns events of one topic into what one view reads of them: filter, entity key, inputs. Used by one thread at a time;
 * gives the same result for the same event at any time.
 */
public final class EventSelector {

    /** What an aggregate takes of the event at hand: a field or a formula. */
    @FunctionalInterface
    private interface Input {
        @Nullable
        Object value();
    }

    /** Whether a filter holds for the event at hand. */
    @FunctionalInterface
    private interface Test {
        boolean holds();
    }

    private final int topic;
    private final ViewPlan.SourcePlan plan;
    private final ViewMetrics metrics;
    private final EventTime time;
    private final EventVariables variables;
    private final int[] key;
    private final List<Input> inputs;
    private final Optional<Expression.Bound> where;
    private final List<Test> filters;
    private final long reachMillis;
    private final Limits limits;

    /** A selector for one topic of a view, within the default limits. */
    public EventSelector(ViewPlan view, int topic, ViewMetrics metrics) {
        this(view, topic, metrics, Limits.DEFAULT);
    }

    /**
     * A selector for one topic of a view.
     *
     * @param view the view
     * @param topic position of the topic in the view
     * @param metrics what happens is counted there
     * @param limits events beyond them are refused
     */
    public EventSelector(ViewPlan view, int topic, ViewMetrics metrics, Limits limits) {
        this.limits = limits;
        this.topic = topic;
        this.plan = view.sources().get(topic);
        this.metrics = requireNonNull(metrics, "metrics");
        time = new EventTime(plan.schema(), plan.eventTime());
        variables = new EventVariables(plan.schema());
        key = plan.entity().stream()
                .mapToInt(field -> variables.add(field.path()))
                .toArray();
        inputs = plan.inputs().stream().map(this::input).toList();
        where = plan.where().map(variables::add);
        filters = plan.filters().stream().map(this::test).toList();
        reachMillis = view.windowed().stream()
                .mapToLong(column -> column.window().memoryMillis())
                .max()
                .orElse(Long.MAX_VALUE);
    }

    private Input input(ViewPlan.Input input) {
        if (input instanceof ViewPlan.Field field) {
            int position = variables.add(field.path());
            return () -> variables.value(position);
        }
        if (input instanceof ViewPlan.Formula formula) {
            Expression.Bound bound = variables.add(formula.expression());
            return () -> evaluate(bound);
        }
        return () -> null; // read of other topics alone
    }

    private Test test(ViewPlan.Filter filter) {
        if (filter instanceof ViewPlan.Condition condition) {
            Expression.Bound bound = variables.add(condition.expression());
            return () -> holds(bound);
        }
        boolean all = filter == ViewPlan.Whole.ALL;
        return () -> all;
    }

    /**
     * Whether an event may turn out late while the watermark is at most {@code watermarkLimitMillis}: only then its
     * bytes are worth keeping.
     *
     * @param eventTimeMillis its event time
     * @param watermarkLimitMillis the wall clock plus the view's {@code max_future}; no watermark is ahead of it
     */
    public boolean mayProveLate(long eventTimeMillis, long watermarkLimitMillis) {
        return reachMillis != Long.MAX_VALUE && eventTimeMillis <= watermarkLimitMillis - reachMillis;
    }

    /**
     * What the view reads of an event, or empty where the view's filter passes it over.
     *
     * @param event an event of the topic's schema
     * @param partition Kafka partition it came from
     * @param offset Kafka offset it came from
     * @param ingestedAtMillis when Kafka took it in, wall clock, ms
     * @param raw the record's value as it came, where it shall be kept
     * @throws BadEventException if a field of the entity key or the event time is null, the key or a list is too long, or a
     *     value is NaN or infinite and the view refuses such events
     */
    public Optional<SelectedEvent> select(
            GenericRecord event, int partition, long offset, long ingestedAtMillis, byte @Nullable [] raw)
            throws BadEventException {
        variables.read(event);
        refuseLongLists();
        if (where.isPresent() && !holds(where.get())) {
            return Optional.empty();
        }
        long timeMillis = time.millis(event);
        String entity = entity();
        refuseOrCountNonFinite();
        @Nullable Object[] values = inputs();
        long bits = filterBits();
        metrics.eventIn();
        int number = PartitionNumbers.number(topic, partition);
        return Optional.of(new SelectedEvent(entity, timeMillis, number, offset, ingestedAtMillis, bits, values, raw));
    }

    private String entity() throws BadEventException {
        List<Object> values = new ArrayList<>(key.length);
        for (int i = 0; i < key.length; i++) {
            Object value = variables.value(key[i]);
            if (value == null) {
                throw new BadEventException(
                        DeadLetterReason.NULL_KEY,
                        "Cannot tell whose event it is: field '"
                                + plan.entity().get(i).name() + "' of the entity key is null, expected a value");
            }
            values.add(value);
        }
        String entity = EntityKey.format(values);
        if (entity.length() > limits.keyLength()) {
            throw new BadEventException(
                    DeadLetterReason.KEY_TOO_LONG,
                    "Cannot use an entity key of " + entity.length() + " characters: expected " + limits.keyLength()
                            + " or fewer (limits.key_length)");
        }
        return entity;
    }

    private void refuseLongLists() throws BadEventException {
        List<String> names = variables.longerThan(limits.listLength());
        if (!names.isEmpty()) {
            throw new BadEventException(
                    DeadLetterReason.LIST_TOO_LONG,
                    "Cannot use a list of more than " + limits.listLength() + " elements (limits.list_length): "
                            + String.join(", ", names));
        }
    }

    private void refuseOrCountNonFinite() throws BadEventException {
        List<String> names = variables.nonFinite();
        if (names.isEmpty()) {
            return;
        }
        if (plan.source().nonFinite() == NonFinite.DEAD_LETTER) {
            throw new BadEventException(
                    DeadLetterReason.NON_FINITE,
                    "Cannot use the event: NaN or infinite in " + String.join(", ", names)
                            + ", expected finite numbers");
        }
        names.forEach(name -> metrics.nonFiniteSkipped());
    }

    private @Nullable Object[] inputs() {
        @Nullable Object[] values = new Object[inputs.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = inputs.get(i).value();
        }
        return values;
    }

    private long filterBits() {
        long bits = 0;
        for (int i = 0; i < filters.size(); i++) {
            if (filters.get(i).holds()) {
                bits |= 1L << i;
            }
        }
        return bits;
    }

    private boolean holds(Expression.Bound filter) {
        return Boolean.TRUE.equals(evaluate(filter));
    }

    private @Nullable Object evaluate(Expression.Bound expression) {
        try {
            return variables.evaluate(expression);
        } catch (ExpressionFailedException e) {
            metrics.expressionFailed();
            return null;
        }
    }
}
