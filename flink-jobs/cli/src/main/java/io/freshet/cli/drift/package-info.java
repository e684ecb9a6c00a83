/* SPDX-License-Identifier: Apache-2.0 */
/** What {@code freshet drift} reads and shows. Start at DriftCommand, which is in the package above. */
@NullMarked
package io.freshet.cli.drift;

import org.jspecify.annotations.NullMarked;
