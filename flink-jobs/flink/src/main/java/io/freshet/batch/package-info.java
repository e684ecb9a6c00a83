/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Views whose events come from files: a bounded run that replays all events in the order in which they were available,
 * and writes what stores and history lack. Start at BatchSpec.prepare, then BatchJob.assemble, then LoadReplay.
 */
@NullMarked
package io.freshet.batch;

import org.jspecify.annotations.NullMarked;
