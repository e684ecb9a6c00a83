/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.change.Consent;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** What may be agreed to where a change could harm. */
final class ConsentOptions {

    @Option(
            names = "--allow-new-meaning",
            description =
                    "Let columns mean something else under the version that they have: their state is dropped, and"
                            + " readers are not told.")
    private boolean newMeaning;

    @Option(
            names = "--drop-state",
            description = "Leave behind state of views and topics that are no longer there; rows of such a view stay in"
                    + " the online store. Else an error.")
    private boolean dropState;

    @Option(
            names = "--accept-topics",
            description = "Use topics as they are, though their partitions or retention do not fit.")
    private boolean topics;

    /** What was agreed to. */
    Set<Consent> given() {
        Set<Consent> given = EnumSet.noneOf(Consent.class);
        if (newMeaning) {
            given.add(Consent.NEW_MEANING);
        }
        if (dropState) {
            given.add(Consent.DROP_STATE);
        }
        if (topics) {
            given.add(Consent.TOPICS);
        }
        return given;
    }

    /** Whether state that nothing asks for any more may be left behind. */
    boolean dropsState() {
        return dropState;
    }
}
