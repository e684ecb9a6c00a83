/* SPDX-License-Identifier: Apache-2.0 */
/** The demo: a day of Wikipedia edits through the whole system, and every promise about the values checked. */
@NullMarked
package io.freshet.cli.demo;

import org.jspecify.annotations.NullMarked;
