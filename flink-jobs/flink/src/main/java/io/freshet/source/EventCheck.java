/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.source;

import io.freshet.definition.ViewPlan;
import io.freshet.event.BadEventException;
import io.freshet.event.DeadLetterReason;
import io.freshet.event.EventTime;
import io.freshet.source.SourceRecord.Decoded;
import io.freshet.source.SourceRecord.Origin;
import java.time.Clock;
import org.apache.avro.generic.GenericRecord;

/** Places events of one topic in time, wherever they come from. Used by one thread at a time. */
public final class EventCheck {

    private final EventTime time;
    private final long maxFutureMillis;
    private final Clock clock;

    /**
     * For the events of a topic.
     *
     * @param clock the wall clock, which says what the future is
     */
    public EventCheck(ViewPlan.SourcePlan plan, Clock clock) {
        this.time = new EventTime(plan.schema(), plan.eventTime());
        this.maxFutureMillis = plan.source().maxFuture().toMillis();
        this.clock = clock;
    }

    /**
     * The event, placed in time.
     *
     * @param ingestedAtMillis when Kafka took it in, wall clock, ms
     * @throws BadEventException if it has no time, or is from the future
     */
    public Decoded check(GenericRecord event, long ingestedAtMillis, Origin origin) throws BadEventException {
        long timeMillis = time.millis(event);
        long limit = clock.millis() + maxFutureMillis;
        if (timeMillis > limit) {
            throw new BadEventException(
                    DeadLetterReason.FUTURE_TIME,
                    "Cannot use the event yet: its time is " + timeMillis + ", expected " + limit
                            + " or before (wall clock + max_future)");
        }
        return new Decoded(event, timeMillis, ingestedAtMillis, origin);
    }
}
