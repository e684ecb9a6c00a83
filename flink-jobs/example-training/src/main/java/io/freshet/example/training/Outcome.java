/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example.training;

/**
 * What one training set promised, and what its model was worth.
 *
 * @param set how the training set was made
 * @param split how a part of it was held out
 * @param promised quality on the part held out: all that one knows before the model goes live
 * @param served quality of the same model on what was served at the times of later edits
 * @param servedUnseenUsers of these, edits by users who had none before
 * @param servedWithoutVietnamese of these, edits outside the Vietnamese Wikipedia, where 99 of 100 are a bot's
 */
public record Outcome(
        Set set,
        Split split,
        Quality promised,
        Quality served,
        Quality servedUnseenUsers,
        Quality servedWithoutVietnamese) {

    /** How a training set was made. */
    public enum Set {
        /** Each edit with the values that were the latest when the training set was made. */
        LATEST_VALUES("latest values"),
        /** Each edit with the aggregates of its calendar interval, by code of its own. */
        CALENDAR("calendar, other code"),
        /** Each edit with what was served at its time. */
        SERVED("Freshet: as served");

        private final String title;

        Set(String title) {
            this.title = title;
        }

        /** For people. */
        public String title() {
            return title;
        }
    }

    /** How a part of the training set was held out. */
    public enum Split {
        /** Its last hours. */
        BY_TIME("the last three hours"),
        /** A quarter of its rows. */
        AT_RANDOM("a random quarter");

        private final String title;

        Split(String title) {
            this.title = title;
        }

        /** For people. */
        public String title() {
            return title;
        }
    }
}
