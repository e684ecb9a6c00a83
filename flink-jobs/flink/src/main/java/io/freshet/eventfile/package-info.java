/* SPDX-License-Identifier: Apache-2.0 */
/** Events in files: which files a pattern names, and their rows as events. Start at EventReader.open. */
@NullMarked
package io.freshet.eventfile;

import org.jspecify.annotations.NullMarked;
