/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Whether the values of a view's columns are still distributed as they were: profiles of rows that can be merged, and what
 * two of them differ in. Start at DriftReport.
 */
@NullMarked
package io.freshet.drift;

import org.jspecify.annotations.NullMarked;
