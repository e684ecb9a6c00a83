/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Proves that what a job logged and what it serves is what its events give. Start at Verification, then EntityWalk: all
 * that is judged of one entity.
 */
@NullMarked
package io.freshet.verify;

import org.jspecify.annotations.NullMarked;
