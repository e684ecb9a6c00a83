/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Rows of the past: events replayed in order of their time, through the same decoding, selection, windows and row codec
 * as the live job, into the history alone. Start at BackfillJob.assemble, then EntityReplay.
 */
@NullMarked
package io.freshet.backfill;

import org.jspecify.annotations.NullMarked;
