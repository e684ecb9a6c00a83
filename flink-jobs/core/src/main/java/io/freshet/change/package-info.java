/* SPDX-License-Identifier: Apache-2.0 */
/** What changes where one set of views takes the place of another. Start reading at {@link io.freshet.change.ViewDiff}. */
@NullMarked
package io.freshet.change;

import org.jspecify.annotations.NullMarked;
