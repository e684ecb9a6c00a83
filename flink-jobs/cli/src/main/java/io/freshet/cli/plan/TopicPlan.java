/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.plan;

import io.freshet.change.Danger;
import java.util.List;

/**
 * What becomes of a topic.
 *
 * @param topic its name
 * @param isMade whether it is not there and would be made
 * @param what partitions and retention, as they are or would be
 * @param dangers where it does not fit
 */
public record TopicPlan(String topic, boolean isMade, String what, List<Danger> dangers) {

    public TopicPlan {
        dangers = List.copyOf(dangers);
    }
}
