/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Refills an online store that has lost rows from the history and its archive: RestoreSpec looks, RestoreJob writes.
 */
@NullMarked
package io.freshet.restore;

import org.jspecify.annotations.NullMarked;
