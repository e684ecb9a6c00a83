/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Training sets: to each labelled row of a spine, the features that were served at its time. Start at
 * TrainingSetJob.assemble; the rule of what was served is in Timeline.
 */
@NullMarked
package io.freshet.training;

import org.jspecify.annotations.NullMarked;
