/* SPDX-License-Identifier: Apache-2.0 */
/** Feature rows: the values of one entity at one moment, and their stored forms. */
@NullMarked
package io.freshet.row;

import org.jspecify.annotations.NullMarked;
