/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

/** When an event is applied to its windows. */
public enum Emit {
    /** On arrival: freshest. Rows between an out-of-order event and the clock may differ from a replay's. */
    ON_EVENT,
    /** When the watermark passes it, in event-time order: rows are a function of the set of events. */
    ON_WATERMARK
}
