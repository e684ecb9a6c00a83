/* SPDX-License-Identifier: Apache-2.0 */
/** Events: decoding, selection per view, and the reasons for which one is refused. */
@NullMarked
package io.freshet.event;

import org.jspecify.annotations.NullMarked;
