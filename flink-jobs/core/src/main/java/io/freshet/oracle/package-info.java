/* SPDX-License-Identifier: Apache-2.0 */
/** A slow, obvious answer to what a value is. Shares no code with the window core. */
@NullMarked
package io.freshet.oracle;

import org.jspecify.annotations.NullMarked;
